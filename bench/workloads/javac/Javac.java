import java.io.*;
import java.util.*;
public class Javac extends Bench {
    public static void main(String[] a) throws Throwable { new Javac().go(a); }
    public String iterate(int it) throws Exception {
        clean(tmp);
        ArrayList<String> l = new ArrayList<String>(Arrays.asList("-nowarn", "-XDignore.symbol.file", "-g",
            "-proc:none", "-d", tmp.getPath(), "-sourcepath", IN + "/math3"));
        int n = 0;
        for (File f : files(new File(IN + "/math3"), ".java"))
            if (n++ < size) l.add(f.getPath());
        ByteArrayOutputStream o = new ByteArrayOutputStream();
        int rc = javax.tools.ToolProvider.getSystemJavaCompiler().run(null, o, o, l.toArray(new String[0]));
        return rc + " " + hashDir(tmp, ".class");
    }
}
