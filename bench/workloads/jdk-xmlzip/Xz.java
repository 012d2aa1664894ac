import java.io.*;
import java.nio.file.*;
import java.nio.*;
import java.nio.channels.*;
import java.util.*;
import java.util.zip.*;
import java.util.regex.*;
import java.util.stream.*;
import javax.xml.parsers.*;
import javax.xml.stream.*;
import javax.xml.xpath.*;
import org.w3c.dom.*;
import org.xml.sax.helpers.*;
public class Xz extends Bench {
    public static void main(String[] a) throws Throwable { new Xz().go(a); }
    public String iterate(int it) throws Exception {
        Rnd r = new Rnd(7);
        StringWriter sw = new StringWriter();
        XMLStreamWriter w = XMLOutputFactory.newInstance().createXMLStreamWriter(sw);
        w.writeStartDocument();
        w.writeStartElement("root");
        for (int i = 0; i < size; i++) {
            w.writeStartElement("e" + r.next(20));
            w.writeAttribute("id", "" + i);
            w.writeCharacters(text(r, 10) + "<&>");
            w.writeEmptyElement("x");
            w.writeEndElement();
        }
        w.writeEndElement();
        w.writeEndDocument();
        w.close();
        final String x = sw.toString();
        final long[] h = {fnv(FNV0, x)};
        SAXParserFactory.newInstance().newSAXParser().parse(
            new ByteArrayInputStream(x.getBytes("UTF-8")), new DefaultHandler() {
                public void startElement(String u, String l, String q, org.xml.sax.Attributes at) {
                    h[0] = fnv(h[0], q + at.getLength());
                }
                public void characters(char[] c, int s, int n) { h[0] += n; }
            });
        Document d = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(
            new ByteArrayInputStream(x.getBytes("UTF-8")));
        XPath xp = XPathFactory.newInstance().newXPath();
        for (int i = 0; i < 5; i++) {
            NodeList nl =
                (NodeList) xp.evaluate("//e" + i + "[@id mod 3 = 0]/x/..", d, XPathConstants.NODESET);
            h[0] = fnv(h[0], nl.getLength());
        }
        XMLStreamReader sr = XMLInputFactory.newInstance().createXMLStreamReader(new StringReader(x));
        int ev = 0;
        while (sr.hasNext()) { ev += sr.next(); }
        h[0] = fnv(h[0], ev);
        Path z = tmp.toPath().resolve("a" + it + ".zip");
        try (ZipOutputStream zo = new ZipOutputStream(Files.newOutputStream(z))) {
            for (int i = 0; i < 20; i++) {
                ZipEntry e = new ZipEntry("d" + i % 3 + "/f" + i);
                e.setTime(1e12 > 0 ? 1000000000000L : 0);
                zo.putNextEntry(e);
                zo.write(x.getBytes("UTF-8"), i * 10, Math.min(20000, x.length() / 2));
                zo.closeEntry();
            }
        }
        try (ZipFile zf = new ZipFile(z.toFile())) {
            for (Enumeration<? extends ZipEntry> e = zf.entries(); e.hasMoreElements();) {
                ZipEntry q = e.nextElement();
                byte[] b = zf.getInputStream(q).readAllBytes();
                h[0] = fnv(h[0], q.getName() + q.getCrc());
                h[0] = fnv(h[0], b, 0, b.length);
            }
        }
        try (FileSystem fs = FileSystems.newFileSystem(z)) {
            h[0] = fnv(h[0],
                Files.walk(fs.getPath("/")).map(Object::toString).sorted().collect(Collectors.joining(",")));
        }
        try (FileChannel fc = FileChannel.open(z)) {
            MappedByteBuffer mb = fc.map(FileChannel.MapMode.READ_ONLY, 0, fc.size());
            CRC32 c = new CRC32();
            c.update(mb);
            h[0] += mb.getInt(0);
        }
        Matcher m = Pattern.compile("\\b(\\w+?)(ing|ed|er)\\b").matcher(x);
        int c = 0;
        StringBuilder sb = new StringBuilder();
        while (m.find()) {
            c++;
            m.appendReplacement(sb, "$2-$1");
        }
        m.appendTail(sb);
        h[0] = fnv(h[0], sb.toString());
        Map<String, Long> wc =
            Arrays.stream(x.split("[^a-z]+"))
                .parallel()
                .collect(Collectors.groupingByConcurrent(
                    s -> s, java.util.concurrent.ConcurrentHashMap::new, Collectors.counting()));
        h[0] = fnv(h[0], new TreeMap<>(wc).toString());
        h[0] = fnv(h[0],
            new java.text.DecimalFormat("#,##0.00", java.text.DecimalFormatSymbols.getInstance(Locale.ROOT))
                    .format(c * 1.234)
                + new java.text.MessageFormat("{0,number,#} {1}", Locale.ROOT).format(new Object[] {c, "a"})
                + java.text.Normalizer.normalize("\u00e9\u00e0", java.text.Normalizer.Form.NFD).length());
        Files.delete(z);
        return c + " " + hex(h[0]);
    }
}
