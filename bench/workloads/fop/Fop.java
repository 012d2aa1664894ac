import java.io.*;
import java.util.*;
import org.apache.fop.apps.*;
import javax.xml.transform.*;
import javax.xml.transform.sax.*;
import javax.xml.transform.stream.*;
public class Fop extends Bench {
    public static void main(String[] a) throws Throwable { new Fop().go(a); }
    String fo;
    public void setup() throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        Rnd r = new Rnd(7);
        StringBuilder b = new StringBuilder();
        b.append(
            "<fo:root "
            + "xmlns:fo='http://www.w3.org/1999/XSL/Format'><fo:layout-master-set><fo:simple-page-master "
            + "master-name='p' page-height='29.7cm' page-width='21cm' margin='2cm'><fo:region-body "
            + "margin-top='1cm' column-count='2'/><fo:region-before "
            + "extent='1cm'/></fo:simple-page-master></fo:layout-master-set><fo:page-sequence "
            + "master-reference='p'><fo:static-content flow-name='xsl-region-before'><fo:block>page "
            + "<fo:page-number/></fo:block></fo:static-content><fo:flow flow-name='xsl-region-body'>");
        for (int i = 0; i < size; i++) {
            b.append("<fo:block text-align='justify' space-after='4pt' font-size='" + (8 + r.next(5))
                + "pt' font-family='" + (r.next(2) == 0 ? "serif" : "Helvetica") + "'>" + text(r, 60)
                + "<fo:inline font-weight='bold'>" + word(r) + "</fo:inline></fo:block>");
            if (i % 10 == 9) {
                b.append("<fo:table border='1pt solid black'><fo:table-body>");
                for (int k = 0; k < 6; k++) {
                    b.append("<fo:table-row>");
                    for (int c = 0; c < 3; c++)
                        b.append("<fo:table-cell border='1pt solid #808080'><fo:block>" + word(r)
                            + "</fo:block></fo:table-cell>");
                    b.append("</fo:table-row>");
                }
                b.append("</fo:table-body></fo:table>");
            }
        }
        b.append("</fo:flow></fo:page-sequence></fo:root>");
        fo = b.toString();
    }
    public String iterate(int it) throws Exception {
        FopFactory ff = FopFactory.newInstance(new File(".").toURI());
        FOUserAgent ua = ff.newFOUserAgent();
        ua.setCreationDate(new Date(0L));
        ByteArrayOutputStream o = new ByteArrayOutputStream();
        org.apache.fop.apps.Fop fop = ff.newFop("application/postscript", ua, o);
        Transformer t = TransformerFactory.newInstance().newTransformer();
        t.transform(new StreamSource(new StringReader(fo)), new SAXResult(fop.getDefaultHandler()));
        String s = o.toString("ISO-8859-1");
        long h = FNV0;
        int n = 0;
        for (String l : s.split("\n"))
            if (!l.startsWith("%%CreationDate") && !l.startsWith("%%Creator")) {
                h = fnv(h, l);
                n++;
            }
        return fop.getResults().getPageCount() + " pages " + n + " lines " + hex(h);
    }
}
