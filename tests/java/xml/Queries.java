// XPath and XSLT: axes, functions, node sets, variables, namespaces; style sheets with templates, keys, sorting, modes, numbering, output methods, parameters,
// extension-free errors.
import java.io.*;
import java.util.*;
import javax.xml.namespace.*;
import javax.xml.parsers.*;
import javax.xml.transform.*;
import javax.xml.transform.dom.*;
import javax.xml.transform.stream.*;
import javax.xml.xpath.*;
import org.w3c.dom.*;
import org.xml.sax.InputSource;

public class Queries {
  static final String XML = """
      <shop><item id="1" cat="a"><name>pear</name><price>3.5</price></item><item id="2" cat="b"><name>apple</name><price>2</price></item>
      <item id="3" cat="a"><name>fig</name><price>10</price></item><empty/></shop>""";

  static String transform(String body, Map<String, Object> params) {
    String xsl = "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>" + body + "</xsl:stylesheet>";
    try {
      TransformerFactory f = TransformerFactory.newInstance();
      f.setErrorListener(new ErrorListener() {
        @Override
        public void warning(TransformerException e) {}

        @Override
        public void error(TransformerException e) {}

        @Override
        public void fatalError(TransformerException e) {}
      });
      Transformer t = f.newTransformer(new StreamSource(new StringReader(xsl)));
      params.forEach(t::setParameter);
      StringWriter w = new StringWriter();
      t.transform(new StreamSource(new StringReader(XML)), new StreamResult(w));
      return w.toString();
    } catch (TransformerException e) {
      return e.getClass().getSimpleName();
    }
  }

  public static void main(String[] args) throws Exception {
    Document d = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(XML)));
    XPath x = XPathFactory.newInstance().newXPath();
    for (String e : List.of("count(//item)", "sum(//price)", "string(//item[2]/name)", "//item[@cat='a'][last()]/name", "name(/*)", "//price[. > 3]/../@id", "concat('a', 1, true())",
        "substring('12345', 2, 3)", "normalize-space('  a  b ')", "translate('abc', 'ab', 'x')", "round(2.5)", "7 mod 3", "1 div 0", "0 div 0", "number('x')", "not(//none)",
        "//item[position() < 3]/@id", "string-length(//item[1])", "//name[starts-with(., 'f')]/preceding::name[1]", "count(//item/ancestor-or-self::*)", "boolean(//empty/node())",
        "//item[price = //price]/@id", "-5 + 3 * 2", "contains('abc', 'bc') and 'a' != 'b'", "sum(//item[@cat='a']/price) div count(//item[@cat='a'])")) {
      System.out.println(e + " = " + x.evaluate(e, d));
    }
    NodeList l = (NodeList) x.evaluate("//item | //empty", d, XPathConstants.NODESET);
    System.out.println(l.getLength() + " " + x.evaluate("@id", l.item(1)) + " " + x.evaluate("//price > 5", d, XPathConstants.BOOLEAN) + " " + x.evaluateExpression("count(//name)", d,
        Integer.class));
    x.setXPathVariableResolver(q -> q.getLocalPart().equals("limit") ? 3.0 : null);
    x.setXPathFunctionResolver((q, n) -> q.getLocalPart().equals("twice") ? a -> ((Number) a.get(0)).doubleValue() * 2 : null);
    x.setNamespaceContext(new NamespaceContext() {
      @Override
      public String getNamespaceURI(String p) {
        return "urn:" + p;
      }

      @Override
      public String getPrefix(String u) {
        return null;
      }

      @Override
      public Iterator<String> getPrefixes(String u) {
        return null;
      }
    });
    System.out.println(x.evaluate("count(//price[. > $limit])", d) + " " + x.evaluate("f:twice(21)", d));
    for (String bad : List.of("//[", "unknown()", "$nope")) {
      try {
        System.out.println(x.evaluate(bad, d));
      } catch (XPathExpressionException e) {
        System.out.println(bad + " refused");
      }
    }
    System.out.println(transform("""
        <xsl:output method="text"/><xsl:param name="tax" select="0"/><xsl:key name="c" match="item" use="@cat"/>
        <xsl:template match="/shop"><xsl:for-each select="item"><xsl:sort select="name"/><xsl:number value="position()" format="i. "/><xsl:value-of select="name"/>=<xsl:value-of
        select="format-number(price * (1 + $tax), '0.00')"/>;</xsl:for-each> a:<xsl:value-of select="count(key('c', 'a'))"/>
        <xsl:apply-templates select="item[1]" mode="m"/></xsl:template>
        <xsl:template match="item" mode="m"><xsl:choose><xsl:when test="price &gt; 3">dear</xsl:when><xsl:otherwise>cheap</xsl:otherwise></xsl:choose></xsl:template>""", Map.of("tax",
        0.1)));
    System.out.println(transform("""
        <xsl:output method="xml" omit-xml-declaration="yes"/><xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy></xsl:template>
        <xsl:template match="price"/><xsl:template match="@cat"><xsl:attribute name="kind"><xsl:value-of select="."/>!</xsl:attribute></xsl:template>""", Map.of()).replace("\n", ""));
    System.out.println(transform("""
        <xsl:output method="html"/><xsl:template match="/"><html><body><br/><p title="{//item[1]/name}"><xsl:call-template name="t"><xsl:with-param name="n" select="4"/></xsl:call-template>
        </p></body></html></xsl:template><xsl:template name="t"><xsl:param name="n"/><xsl:if test="$n &gt; 0"><b><xsl:value-of select="$n"/></b><xsl:call-template name="t"><xsl:with-param
        name="n" select="$n - 1"/></xsl:call-template></xsl:if></xsl:template>""", Map.of()).replaceAll("\\s*\n\\s*", ""));
    System.out.println(transform("<xsl:template match='/'><xsl:nonsense/></xsl:template>", Map.of()));
    System.out.println(transform("<xsl:template match='/'><xsl:message terminate='yes'>stop</xsl:message></xsl:template>", Map.of()));
    Transformer t = TransformerFactory.newInstance().newTransformer();
    t.setOutputProperty(OutputKeys.INDENT, "yes");
    t.setOutputProperty(OutputKeys.ENCODING, "US-ASCII");
    Document made = DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
    made.appendChild(made.createElement("made")).appendChild(made.createElement("child")).setTextContent("\u00fc\u4e2d");
    ByteArrayOutputStream bo = new ByteArrayOutputStream();
    t.transform(new DOMSource(made), new StreamResult(bo));
    System.out.println(bo);
    DOMResult dr = new DOMResult();
    t.transform(new StreamSource(new StringReader("<z><y/></z>")), dr);
    System.out.println(((Document) dr.getNode()).getDocumentElement().getFirstChild().getNodeName());
  }
}
