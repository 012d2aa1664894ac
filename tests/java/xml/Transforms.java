// modes: default, baseline
// XSLT: templates and modes, keys, sorting, numbering, parameters, functions of extension refused, output methods, errors with places; StAX reading and writing with namespaces; SAX filters; a transformer as a handler; XInclude and secure processing.
import java.io.*;
import java.util.*;
import javax.xml.XMLConstants;
import javax.xml.parsers.*;
import javax.xml.stream.*;
import javax.xml.transform.*;
import javax.xml.transform.dom.*;
import javax.xml.transform.sax.*;
import javax.xml.transform.stream.*;
import org.w3c.dom.*;
import org.xml.sax.*;
import org.xml.sax.helpers.*;

public class Transforms {
  static final String DATA = """
      <shop><item id="c" kind="x"><name>pear</name><price>3.50</price></item><item id="a" kind="y"><name>Apple &amp; co</name><price>10</price></item>
      <item id="b" kind="x"><name>fig</name><price>0.25</price></item></shop>""";
  static final String XSLT = """
      <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
      <xsl:output method="%s" indent="no" omit-xml-declaration="yes"/><xsl:strip-space elements="*"/>
      <xsl:param name="limit" select="1"/><xsl:key name="by-kind" match="item" use="@kind"/>
      <xsl:variable name="total" select="sum(//price)"/>
      <xsl:template match="/shop"><out total="{$total}" limit="{$limit}"><xsl:for-each select="item"><xsl:sort select="price" data-type="number" order="descending"/>
      <xsl:call-template name="show"><xsl:with-param name="n" select="position()"/></xsl:call-template></xsl:for-each>
      <xsl:for-each select="item[generate-id() = generate-id(key('by-kind', @kind)[1])]"><group kind="{@kind}"><xsl:value-of select="count(key('by-kind', @kind))"/></group></xsl:for-each>
      <xsl:apply-templates select="item" mode="brief"/><xsl:value-of select="translate(normalize-space('  a  b '), 'ab', 'AB')"/></out></xsl:template>
      <xsl:template name="show"><xsl:param name="n"/><i><xsl:number value="$n" format="i."/><xsl:choose><xsl:when test="price &gt; $limit"><xsl:value-of select="name"/></xsl:when><xsl:otherwise>cheap</xsl:otherwise></xsl:choose>
      <xsl:value-of select="format-number(price, ' 0.00')"/></i></xsl:template>
      <xsl:template match="item[@kind='x']" mode="brief" priority="2"><xsl:text>[</xsl:text><xsl:value-of select="@id"/><xsl:text>]</xsl:text></xsl:template>
      <xsl:template match="*" mode="brief"><xsl:copy><xsl:copy-of select="@*"/></xsl:copy></xsl:template></xsl:stylesheet>""";

  static Source source(String s) {
    return new StreamSource(new StringReader(s));
  }

  static String run(Transformer t, Source s) throws TransformerException {
    StringWriter w = new StringWriter();
    t.transform(s, new StreamResult(w));
    return w.toString().replace("\n", "$");
  }

  static class Quiet implements ErrorListener {
    @Override
    public void warning(TransformerException e) {
      System.out.println("warning");
    }

    @Override
    public void error(TransformerException e) {
      System.out.println("error " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }

    @Override
    public void fatalError(TransformerException e) {
      System.out.println("fatal " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  static void styles() throws Exception {
    TransformerFactory f = TransformerFactory.newInstance();
    for (String method : List.of("xml", "html", "text")) {
      Templates templates = f.newTemplates(source(XSLT.formatted(method)));
      Transformer t = templates.newTransformer();
      System.out.println(run(t, source(DATA)));
      t.setParameter("limit", 5);
      System.out.println(run(t, source(DATA)) + " " + t.getParameter("limit") + " " + templates.getOutputProperties().getProperty(OutputKeys.METHOD));
    }
    f.setErrorListener(new Quiet());
    for (String bad : List.of("<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:template match='['/></xsl:stylesheet>", "<x", "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:nothing/></xsl:stylesheet>")) {
      try {
        f.newTemplates(source(bad));
        System.out.println("accepted");
      } catch (TransformerConfigurationException e) {
        System.out.println("refused");
      }
    }
    Transformer identity = TransformerFactory.newInstance().newTransformer();
    identity.setOutputProperty(OutputKeys.INDENT, "yes");
    identity.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    System.out.println(run(identity, source("<a><b x='1'/>t<!--c--><?p i?></a>")));
    try {
      identity.setOutputProperty("nonsense", "x");
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    DOMResult tree = new DOMResult();
    identity.transform(source(DATA), tree);
    System.out.println(((Document) tree.getNode()).getDocumentElement().getChildNodes().getLength());
    SAXTransformerFactory sf = (SAXTransformerFactory) TransformerFactory.newInstance();
    TransformerHandler h = sf.newTransformerHandler();
    StringWriter w = new StringWriter();
    h.setResult(new StreamResult(w));
    h.startDocument();
    AttributesImpl atts = new AttributesImpl();
    atts.addAttribute("", "k", "k", "CDATA", "<&\"");
    h.startPrefixMapping("p", "urn:p");
    h.startElement("urn:p", "e", "p:e", atts);
    h.characters("a<b>&".toCharArray(), 0, 5);
    h.startCDATA();
    h.characters("raw".toCharArray(), 0, 3);
    h.endCDATA();
    h.endElement("urn:p", "e", "p:e");
    h.endDocument();
    System.out.println(w);
    XMLFilterImpl upper = new XMLFilterImpl(SAXParserFactory.newInstance().newSAXParser().getXMLReader()) {
      @Override
      public void startElement(String u, String l, String q, Attributes a) throws SAXException {
        super.startElement(u, l, q.toUpperCase(), a);
      }

      @Override
      public void endElement(String u, String l, String q) throws SAXException {
        super.endElement(u, l, q.toUpperCase());
      }
    };
    System.out.println(run(TransformerFactory.newInstance().newTransformer(), new SAXSource(upper, new InputSource(new StringReader("<a><b/></a>")))));
  }

  static void stax() throws Exception {
    StringWriter w = new StringWriter();
    XMLOutputFactory of = XMLOutputFactory.newInstance();
    of.setProperty(XMLOutputFactory.IS_REPAIRING_NAMESPACES, false);
    XMLStreamWriter x = of.createXMLStreamWriter(w);
    x.writeStartDocument("1.0");
    x.setDefaultNamespace("urn:d");
    x.writeStartElement("urn:d", "root");
    x.writeDefaultNamespace("urn:d");
    x.writeNamespace("p", "urn:p");
    x.writeAttribute("p", "urn:p", "a", "1<2");
    x.writeEmptyElement("urn:d", "empty");
    x.writeCData("<cd>");
    x.writeComment("c");
    x.writeEntityRef("amp");
    x.writeCharacters("x & y");
    x.writeEndDocument();
    x.close();
    System.out.println(w);
    XMLInputFactory f = XMLInputFactory.newInstance();
    f.setProperty(XMLInputFactory.IS_COALESCING, true);
    XMLStreamReader r = f.createXMLStreamReader(new StringReader(w.toString()));
    StringBuilder sb = new StringBuilder();
    while (r.hasNext()) {
      int e = r.next();
      sb.append(e);
      if (r.isStartElement()) sb.append(r.getName()).append(r.getNamespaceCount()).append(r.getAttributeCount() > 0 ? r.getAttributeName(0) + "=" + r.getAttributeValue("urn:p", "a") : "");
      if (r.isCharacters()) sb.append("[").append(r.getText()).append("]");
      sb.append(' ').append(r.getLocation().getColumnNumber()).append(' ');
    }
    System.out.println(sb);
    XMLStreamReader filtered = f.createFilteredReader(f.createXMLStreamReader(new StringReader(DATA)), XMLStreamReader::isStartElement);
    List<String> names = new ArrayList<>();
    while (filtered.hasNext()) {
      if (filtered.isStartElement()) names.add(filtered.getLocalName());
      filtered.next();
    }
    System.out.println(names);
    for (String bad : List.of("<a><b></a>", "<a b='1' b='2'/>", "<p:a/>", "text")) {
      try {
        XMLStreamReader s = f.createXMLStreamReader(new StringReader(bad));
        while (s.hasNext()) s.next();
        System.out.println("read");
      } catch (XMLStreamException e) {
        System.out.println(e.getMessage().replace("\n", " "));
      }
    }
    try {
      r.getElementText();
    } catch (XMLStreamException e) {
      System.out.println(e.getMessage().lines().findFirst().get());
    }
    DocumentBuilderFactory secure = DocumentBuilderFactory.newInstance();
    secure.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    secure.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    DocumentBuilder b = secure.newDocumentBuilder();
    b.setErrorHandler(null);
    try {
      b.parse(new InputSource(new StringReader("<!DOCTYPE a><a/>")));
    } catch (SAXException e) {
      System.out.println(e.getMessage());
    }
    StringBuilder bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 'x'>");
    for (int i = 1; i < 20; i++) bomb.append("<!ENTITY e" + i + " '&e" + (i - 1) + ";&e" + (i - 1) + ";'>");
    try {
      DocumentBuilder plain = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      plain.setErrorHandler(new DefaultHandler());
      plain.parse(new InputSource(new StringReader(bomb + "]><a>&e19;</a>")));
    } catch (SAXException e) {
      System.out.println(e.getMessage());
    }
  }

  public static void main(String[] args) throws Exception {
    styles();
    stax();
  }
}
