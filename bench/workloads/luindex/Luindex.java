import java.io.*;
import java.util.*;
import org.apache.lucene.analysis.en.*;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.store.*;
import org.apache.lucene.util.*;
public class Luindex extends Bench {
    public static void main(String[] a) throws Throwable { new Luindex().go(a); }
    public String iterate(int it) throws Exception {
        clean(tmp);
        IndexWriterConfig wc = new IndexWriterConfig(new EnglishAnalyzer());
        wc.setMergeScheduler(new SerialMergeScheduler());
        wc.setRAMBufferSizeMB(4);
        Directory d = new NIOFSDirectory(tmp.toPath());
        IndexWriter w = new IndexWriter(d, wc);
        Rnd r = new Rnd(11);
        for (int i = 0; i < size; i++) {
            Document x = new Document();
            x.add(new StringField("id", "d" + i, Field.Store.YES));
            x.add(new TextField("title", text(r, 5), Field.Store.YES));
            x.add(new TextField("body", text(r, 150), Field.Store.NO));
            x.add(new NumericDocValuesField("n", i));
            w.addDocument(x);
        }
        w.forceMerge(1);
        w.close();
        DirectoryReader rd = DirectoryReader.open(d);
        long h = FNV0;
        int terms = 0;
        for (LeafReaderContext c : rd.leaves()) {
            Terms ts = c.reader().terms("body");
            TermsEnum te = ts.iterator();
            BytesRef b;
            while ((b = te.next()) != null) {
                h = fnv(h, b.bytes, b.offset, b.length);
                h = fnv(h, te.docFreq());
                h = fnv(h, te.totalTermFreq());
                terms++;
            }
        }
        int n = rd.numDocs();
        rd.close();
        return n + " docs " + terms + " terms " + hex(h);
    }
}
