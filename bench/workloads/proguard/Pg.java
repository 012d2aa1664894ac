import java.io.*;
import java.util.*;
import java.util.zip.*;
public class Pg extends Bench {
    public static void main(String[] a) throws Throwable { new Pg().go(a); }
    public String iterate(int it) throws Exception {
        silence();
        File o = new File(tmp, "o.jar");
        o.delete();
        String in = size == 1 ? "/usr/share/java/commons-codec.jar" : "/usr/share/java/commons-math3.jar";
        String[] args = {"-injars", in + "(!META-INF/**)", "-outjars", o.getPath(), "-dontwarn", "-dontnote",
            "-ignorewarnings", "-keep", "public class org.apache.commons.*.* { public *; }",
            "-optimizationpasses", "2", "-forceprocessing", "-target", "8"};
        proguard.Configuration c = new proguard.Configuration();
        proguard.ConfigurationParser p = new proguard.ConfigurationParser(args, System.getProperties());
        p.parse(c);
        p.close();
        new proguard.ProGuard(c).execute();
        ZipInputStream z = new ZipInputStream(new FileInputStream(o));
        TreeMap<String, Long> m = new TreeMap<String, Long>();
        ZipEntry e;
        byte[] b = new byte[8192];
        while ((e = z.getNextEntry()) != null) {
            long h = FNV0;
            int n;
            while ((n = z.read(b)) > 0) h = fnv(h, b, 0, n);
            m.put(e.getName(), h);
        }
        z.close();
        return m.size() + " entries " + hash(m.toString());
    }
}
