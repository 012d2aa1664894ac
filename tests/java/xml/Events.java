// SAX and StAX: event order, attributes, locators, filters, entity resolution, writing by streams, cursors and iterators, big documents.
import java.io.*;
import java.util.*;
import javax.xml.parsers.*;
import javax.xml.stream.*;
import javax.xml.stream.events.*;
import org.xml.sax.*;
import org.xml.sax.helpers.*;

public class Events {
  static class Log extends DefaultHandler {
    final StringBuilder sb = new StringBuilder();
    Locator at;

    @Override
    public void setDocumentLocator(Locator l) {
      at = l;
    }

    @Override
    public void startElement(String uri, String local, String q, Attributes a) {
      sb.append('<').append(q).append('{').append(uri).append('}');
      for (int i = 0; i < a.getLength(); i++) sb.append(' ').append(a.getQName(i)).append('=').append(a.getValue(i)).append(':').append(a.getType(i));
      sb.append('@').append(at.getLineNumber()).append('>');
    }

    @Override
    public void endElement(String uri, String local, String q) {
      sb.append("</").append(local).append('>');
    }

    @Override
    public void characters(char[] c, int s, int n) {
      sb.append(new String(c, s, n).replace("\n", "~"));
    }

    @Override
    public void processingInstruction(String t, String d) {
      sb.append('?').append(t).append(' ').append(d);
    }

    @Override
    public void startPrefixMapping(String p, String u) {
      sb.append("+").append(p).append("=").append(u);
    }

    @Override
    public void ignorableWhitespace(char[] c, int s, int n) {
      sb.append('_');
    }

    @Override
    public InputSource resolveEntity(String pub, String sys) {
      return new InputSource(new StringReader("resolved"));
    }
  }

  public static void main(String[] args) throws Exception {
    SAXParserFactory f = SAXParserFactory.newInstance();
    f.setNamespaceAware(true);
    Log log = new Log();
    String xml = "<!DOCTYPE a [<!ELEMENT a (b*)><!ELEMENT b ANY><!ENTITY x SYSTEM 'http://nowhere.invalid/x'>]><a xmlns:p='u:p'>\n <b p:k='v'>one &x; &amp;</b>\n"
        + "<?go now?><b/></a>";
    f.newSAXParser().parse(new InputSource(new StringReader(xml)), log);
    System.out.println(log.sb);
    XMLFilterImpl filter = new XMLFilterImpl(f.newSAXParser().getXMLReader()) {
      @Override
      public void startElement(String u, String l, String q, Attributes a) throws SAXException {
        super.startElement(u, l.toUpperCase(), q.toUpperCase(), a);
      }
    };
    Log up = new Log();
    up.at = new LocatorImpl();
    filter.setContentHandler(up);
    filter.parse(new InputSource(new StringReader("<q><w e='1'/></q>")));
    System.out.println(up.sb);
    StringBuilder big = new StringBuilder("<root>");
    for (int i = 0; i < 3000; i++) big.append("<item id='").append(i).append("'>value ").append(i).append("</item>");
    big.append("</root>");
    int[] counts = new int[2];
    f.newSAXParser().parse(new ByteArrayInputStream(big.toString().getBytes("UTF-16")), new DefaultHandler() {
      @Override
      public void startElement(String u, String l, String q, Attributes a) {
        counts[0]++;
      }

      @Override
      public void characters(char[] c, int s, int n) {
        counts[1] += n;
      }
    });
    System.out.println(Arrays.toString(counts));
    try {
      f.newSAXParser().parse(new ByteArrayInputStream("<a></b>".getBytes()), new DefaultHandler());
    } catch (SAXParseException e) {
      System.out.println(e.getMessage());
    }

    StringWriter w = new StringWriter();
    XMLStreamWriter x = XMLOutputFactory.newInstance().createXMLStreamWriter(w);
    x.writeStartDocument();
    x.writeStartElement("p", "top", "urn:p");
    x.writeNamespace("p", "urn:p");
    x.writeAttribute("q", "a\"b<c>&");
    x.writeCharacters("x < y & \u00e9");
    x.writeEmptyElement("urn:p", "empty");
    x.writeCData("<raw>");
    x.writeComment("c");
    x.writeEndElement();
    x.writeEndDocument();
    x.close();
    System.out.println(w.toString().replace("\u00e9", "(e)"));
    XMLStreamReader r = XMLInputFactory.newInstance().createXMLStreamReader(new StringReader(w.toString()));
    StringBuilder sb = new StringBuilder();
    while (r.hasNext()) {
      int e = r.next();
      sb.append(e).append(r.hasName() ? r.getName() : "").append(r.hasText() ? "[" + r.getTextLength() + "]" : "").append(' ');
    }
    System.out.println(sb);
    XMLInputFactory in = XMLInputFactory.newInstance();
    in.setProperty(XMLInputFactory.IS_COALESCING, true);
    in.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XMLEventReader er = in.createXMLEventReader(new StringReader("<m>a<![CDATA[b]]>c<n k='1'/></m>"));
    while (er.hasNext()) {
      XMLEvent e = er.nextEvent();
      if (e.isCharacters()) System.out.print("text " + e.asCharacters().getData() + "; ");
      if (e.isStartElement() && er.peek().isEndElement()) System.out.print("empty " + e.asStartElement().getName() + "; ");
    }
    System.out.println();
    XMLStreamReader t = in.createXMLStreamReader(new StringReader("<a><t>text only</t><i>7</i></a>"));
    t.nextTag();
    t.nextTag();
    System.out.println(t.getElementText() + " " + t.nextTag() + " " + Integer.parseInt(t.getElementText()));
    try {
      t.require(XMLStreamConstants.START_ELEMENT, null, "z");
    } catch (XMLStreamException e) {
      System.out.println("not there");
    }
  }
}
