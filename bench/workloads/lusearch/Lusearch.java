import java.io.*;
import java.util.*;
import java.util.concurrent.*;
import org.apache.lucene.analysis.standard.*;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.*;
import org.apache.lucene.queryparser.classic.*;
public class Lusearch extends Bench {
    public static void main(String[] a) throws Throwable { new Lusearch().go(a); }
    IndexSearcher se;
    static final int T = 4;
    public void setup() throws Exception {
        IndexWriterConfig wc = new IndexWriterConfig(new StandardAnalyzer());
        wc.setMergeScheduler(new SerialMergeScheduler());
        Directory d = new NIOFSDirectory(tmp.toPath());
        IndexWriter w = new IndexWriter(d, wc);
        Rnd r = new Rnd(3);
        for (int i = 0; i < 1500; i++) {
            Document x = new Document();
            x.add(new StringField("id", "d" + i, Field.Store.YES));
            x.add(new TextField("body", text(r, 100), Field.Store.NO));
            w.addDocument(x);
        }
        w.forceMerge(1);
        w.close();
        se = new IndexSearcher(DirectoryReader.open(d));
    }
    public String iterate(int it) throws Exception {
        ExecutorService ex = Executors.newFixedThreadPool(T);
        List<Future<Long>> fs = new ArrayList<Future<Long>>();
        for (int t = 0; t < T; t++) {
            final int tt = t;
            fs.add(ex.submit(new Callable<Long>() {
                public Long call() throws Exception { return search(tt); }
            }));
        }
        long h = FNV0;
        for (Future<Long> f : fs) h = fnv(h, f.get());
        ex.shutdown();
        return hex(h);
    }
    long search(int t) throws Exception {
        Rnd r = new Rnd(t * 31 + 1);
        long h = FNV0;
        QueryParser qp = new QueryParser("body", new StandardAnalyzer());
        for (int i = 0; i < size / T; i++) {
            String q;
            int k = r.next(5);
            if (k == 0)
                q = word(r);
            else if (k == 1)
                q = "+" + word(r) + " " + word(r) + " -" + word(r);
            else if (k == 2)
                q = "\"" + word(r) + " " + word(r) + "\"";
            else if (k == 3)
                q = word(r).substring(0, 1) + "r*";
            else
                q = word(r) + "~1";
            TopDocs td = se.search(qp.parse(q), 10);
            h = fnv(h, td.totalHits.value);
            for (ScoreDoc s : td.scoreDocs) {
                h = fnv(h, s.doc);
                h = fnv(h, Float.floatToIntBits(s.score));
                h = fnv(h, se.doc(s.doc).get("id"));
            }
        }
        return h;
    }
}
