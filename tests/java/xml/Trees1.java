// DOM: parsing with namespaces, entities, CDATA and comments; editing; normalising; serialising; errors with positions; schema validation.
import java.io.*;
import javax.xml.*;
import javax.xml.parsers.*;
import javax.xml.transform.stream.*;
import javax.xml.validation.*;
import org.w3c.dom.*;
import org.w3c.dom.ls.*;
import org.xml.sax.*;

public class Trees1 {
  static void dump(Node n, int depth) {
    StringBuilder sb = new StringBuilder("  ".repeat(depth)).append(n.getNodeType()).append(' ').append(n.getNodeName());
    if (n.getNodeValue() != null) sb.append("=[").append(n.getNodeValue().replace("\n", "\\n")).append(']');
    if (n.getNamespaceURI() != null) sb.append(" {").append(n.getNamespaceURI()).append('}');
    if (n.getAttributes() != null) for (int i = 0; i < n.getAttributes().getLength(); i++) sb.append(' ').append(n.getAttributes().item(i));
    System.out.println(sb);
    for (Node c = n.getFirstChild(); c != null; c = c.getNextSibling()) dump(c, depth + 1);
  }

  public static void main(String[] args) throws Exception {
    String xml = """
        <?xml version="1.0"?>
        <!DOCTYPE r [<!ENTITY e "entity &#x41;"><!ATTLIST b kind CDATA "default">]>
        <r xmlns="urn:d" xmlns:p="urn:p" a='1 &lt; 2'>
          <!-- note --><b>text &e;<![CDATA[<raw>]]></b><?pi data?><p:c p:x="&#126;" xml:lang="de"/></r>
        """;
    DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();
    f.setNamespaceAware(true);
    Document d = f.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    dump(d.getDocumentElement(), 0);
    System.out.println(d.getXmlVersion() + " " + d.getDoctype().getName() + " " + d.getElementsByTagNameNS("urn:p", "*").getLength() + " " + d.getDocumentElement()
        .getTextContent().trim());
    Element r = d.getDocumentElement(), n = d.createElementNS("urn:n", "n:new");
    n.setAttribute("k", "v\"<");
    n.appendChild(d.createTextNode("a"));
    n.appendChild(d.createTextNode("b & c"));
    r.insertBefore(n, r.getFirstChild());
    r.removeChild(r.getLastChild());
    System.out.println(n.getChildNodes().getLength());
    d.normalizeDocument();
    System.out.println(n.getChildNodes().getLength() + " " + n.getFirstChild().getNodeValue());
    LSSerializer ls = ((DOMImplementationLS) d.getImplementation().getFeature("LS", "3.0")).createLSSerializer();
    ls.getDomConfig().setParameter("xml-declaration", false);
    System.out.println(ls.writeToString(n) + " " + ls.writeToString(r).length());
    Node copy = r.cloneNode(true);
    System.out.println(copy.isEqualNode(r) + " " + copy.isSameNode(r) + " " + (r.compareDocumentPosition(n) & Node.DOCUMENT_POSITION_CONTAINED_BY));
    try {
      r.appendChild(f.newDocumentBuilder().newDocument().createElement("x"));
    } catch (DOMException e) {
      System.out.println(e.code + " " + (e.code == DOMException.WRONG_DOCUMENT_ERR));
    }
    for (String bad : new String[] {"<a><b></a>", "<a", "<a x=1/>", "", "<a>&undefined;</a>", "<a/><b/>", "<a \u0001/>"}) {
      try {
        DocumentBuilder b = f.newDocumentBuilder();
        b.setErrorHandler(null);
        b.setErrorHandler(new ErrorHandler() {
          @Override
          public void warning(SAXParseException e) {}

          @Override
          public void error(SAXParseException e) {}

          @Override
          public void fatalError(SAXParseException e) throws SAXException {
            throw e;
          }
        });
        b.parse(new InputSource(new StringReader(bad)));
        System.out.println("parsed");
      } catch (SAXParseException e) {
        System.out.println(e.getLineNumber() + ":" + e.getColumnNumber() + " " + e.getMessage());
      }
    }
    String xsd = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="list"><xs:complexType><xs:sequence>
        <xs:element name="n" maxOccurs="3"><xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType></xs:element>
        </xs:sequence><xs:attribute name="id" use="required" type="xs:ID"/></xs:complexType></xs:element></xs:schema>""";
    Schema s = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(new StreamSource(new StringReader(xsd)));
    for (String x : new String[] {"<list id='a'><n>5</n></list>", "<list><n>5</n></list>", "<list id='a'><n>50</n></list>", "<list id='a'><m/></list>"}) {
      try {
        s.newValidator().validate(new StreamSource(new StringReader(x)));
        System.out.println("valid");
      } catch (SAXException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
