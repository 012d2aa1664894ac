import java.io.*;
import java.util.*;
import com.puppycrawl.tools.checkstyle.*;
import com.puppycrawl.tools.checkstyle.api.*;
public class Checks extends Bench {
    public static void main(String[] a) throws Throwable { new Checks().go(a); }
    public String iterate(int it) throws Exception {
        // Kinds without their counts: of two checks with the same message for the same place the one that
        // comes first counts, which depends on identity hashes.
        final Set<String> kinds = new TreeSet<String>();
        final long[] h = {FNV0};
        Checker c = new Checker();
        c.setModuleClassLoader(Checker.class.getClassLoader());
        c.configure(ConfigurationLoader.loadConfiguration(
            "/sun_checks.xml", new PropertiesExpander(new Properties())));
        c.addListener(new AuditListener() {
            public void auditStarted(AuditEvent e) {}
            public void auditFinished(AuditEvent e) {}
            public void fileStarted(AuditEvent e) {}
            public void fileFinished(AuditEvent e) {}
            public void addException(AuditEvent e, Throwable t) { throw new RuntimeException(t); }
            public void addError(AuditEvent e) {
                kinds.add(e.getSourceName());
                h[0] = fnv(h[0], e.getLine() * 1000L + e.getColumn());
            }
        });
        ArrayList<File> l = new ArrayList<File>();
        int n = 0;
        for (File f : files(new File(IN + "/math3"), ".java"))
            if (n++ < size) l.add(f);
        int e = c.process(l);
        c.destroy();
        return e + " " + hex(h[0]) + " " + hash(kinds.toString());
    }
}
