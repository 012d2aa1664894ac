import java.io.*;
import java.util.*;
import java.util.concurrent.*;
import javax.xml.transform.*;
import javax.xml.transform.stream.*;
public class Xslt extends Bench {
    public static void main(String[] a) throws Throwable { new Xslt().go(a); }
    static final int T = 4;
    Templates tp;
    byte[] xml;
    public void setup() throws Exception {
        StringBuilder b = new StringBuilder("<cat>");
        Rnd r = new Rnd(9);
        for (int i = 0; i < size; i++) {
            b.append("<item id='" + i + "' cat='c" + r.next(17) + "'><name>" + word(r) + "</name><price>"
                + r.next(1000) + "." + r.next(10) + "</price><desc>" + text(r, 20) + "</desc><tags>");
            for (int k = r.next(5); k >= 0; k--) b.append("<t>" + word(r) + "</t>");
            b.append("</tags></item>");
        }
        xml = b.append("</cat>").toString().getBytes("UTF-8");
        String xsl =
            "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:output "
            + "method='html'/><xsl:key name='k' match='item' use='@cat'/>"
            + "<xsl:template match='/cat'><html><body><h1><xsl:value-of "
              + "select='count(item)'/></h1><xsl:for-each "
              + "select=\"item[generate-id()=generate-id(key('k',@cat)[1])]\"><xsl:sort "
              + "select='@cat'/><h2><xsl:value-of select='@cat'/> <xsl:value-of "
              + "select=\"format-number(sum(key('k',@cat)/price),'#,##0.00')\"/></"
              + "h2><table><xsl:apply-templates select=\"key('k',@cat)\"><xsl:sort select='price' "
              + "data-type='number' "
              + "order='descending'/></xsl:apply-templates></table></xsl:for-each></body></html></"
              + "xsl:template>"
            + "<xsl:template match='item'><tr class='{@id}'><td><xsl:value-of "
              + "select='position()'/></td><td><xsl:call-template name='up'><xsl:with-param name='s' "
              + "select='string(name)'/></xsl:call-template></td><td><xsl:value-of select='price * "
              + "1.2'/></td><td><xsl:apply-templates select='tags/t'/></td><td><xsl:if "
              + "test=\"contains(desc,'ba')\"><xsl:value-of "
              + "select=\"substring-before(desc,'ba')\"/></xsl:if></td></tr></xsl:template>"
            + "<xsl:template match='t'><i><xsl:value-of select='.'/></i><xsl:if test='position()!=last()'>, "
              + "</xsl:if></xsl:template>"
            + "<xsl:template name='up'><xsl:param name='s'/><xsl:if "
              + "test='string-length($s)&gt;0'><xsl:value-of "
              + "select=\"translate(substring($s,1,1),'abcdefghijklmnopqrstuvwxyz','"
              + "ABCDEFGHIJKLMNOPQRSTUVWXYZ')\"/><xsl:call-template name='up'><xsl:with-param name='s' "
              + "select='substring($s,2)'/></xsl:call-template></xsl:if></xsl:template></xsl:stylesheet>";
        tp = TransformerFactory.newInstance().newTemplates(new StreamSource(new StringReader(xsl)));
    }
    public String iterate(int it) throws Exception {
        ExecutorService ex = Executors.newFixedThreadPool(T);
        List<Future<String>> fs = new ArrayList<Future<String>>();
        for (int t = 0; t < T; t++)
            fs.add(ex.submit(new Callable<String>() {
                public String call() throws Exception {
                    ByteArrayOutputStream o = new ByteArrayOutputStream();
                    tp.newTransformer().transform(
                        new StreamSource(new ByteArrayInputStream(xml)), new StreamResult(o));
                    return hash(o.toByteArray());
                }
            }));
        HashSet<String> s = new HashSet<String>();
        for (Future<String> f : fs) s.add(f.get());
        ex.shutdown();
        return s.toString();
    }
}
