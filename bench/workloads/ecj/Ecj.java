import java.io.*;
import java.util.*;
public class Ecj extends Bench {
    public static void main(String[] a) throws Throwable { new Ecj().go(a); }
    public String iterate(int it) throws Exception {
        clean(tmp);
        ArrayList<String> l = new ArrayList<String>(Arrays.asList("-source", "8", "-target", "8", "-nowarn",
            "-g", "-proc:none", "-d", tmp.getPath(), "-sourcepath", IN + "/math3"));
        int n = 0;
        for (File f : files(new File(IN + "/math3"), ".java"))
            if (n++ < size) l.add(f.getPath());
        StringWriter o = new StringWriter();
        boolean ok = org.eclipse.jdt.core.compiler.batch.BatchCompiler.compile(
            l.toArray(new String[0]), new PrintWriter(o), new PrintWriter(o), null);
        return ok + " " + hashDir(tmp, ".class") + " " + o;
    }
}
