import java.io.*;
import java.util.*;
public class Antlr extends Bench {
    public static void main(String[] a) throws Throwable { new Antlr().go(a); }
    public String iterate(int it) throws Exception {
        clean(tmp);
        int n = 0;
        silence();
        for (File f : files(new File(IN + "/antlr2"), ".g")) {
            File d = tmp;
            new antlr.Tool().doEverything(new String[] {"-o", d.getPath(), f.getPath()});
            n++;
        }
        // generated files carry the absolute grammar path in a comment: normalise
        long h = FNV0;
        int k = 0;
        for (File f : files(tmp, ".java")) {
            for (String l : readText(f).split("\n"))
                if (!l.startsWith("// $ANTLR")) h = fnv(h, l);
            k++;
        }
        return n + " grammars " + k + " files " + hex(h);
    }
}
