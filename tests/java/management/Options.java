// vmopts: -Xmx32m
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;

/** Options that a running program may change, and those it may not. */
public class Options {
    static final HotSpotDiagnosticMXBean BEAN = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

    static void show(String name) {
        VMOption o = BEAN.getVMOption(name);
        System.out.println(o.getName() + " = '" + o.getValue() + "' " + o.getOrigin() + " " + o.isWriteable());
    }

    static void set(String name, String value) {
        try {
            BEAN.setVMOption(name, value);
            show(name);
        } catch (IllegalArgumentException | NullPointerException e) {
            System.out.println(e);
        }
    }

    public static void main(String[] args) {
        show("HeapDumpOnOutOfMemoryError");
        show("HeapDumpPath");
        set("HeapDumpOnOutOfMemoryError", "perhaps");
        set("HeapDumpOnOutOfMemoryError", "TRUE");
        set("HeapDumpPath", "no/such/folder/x.hprof");
        set("UseCompressedOops", "true");
        set("NoSuchOption", "true");
        set("HeapDumpPath", null);
        for (VMOption o : BEAN.getDiagnosticOptions()) {
            if (o.getName().startsWith("HeapDumpOn")) {
                System.out.println(o.getName() + " " + o.getValue());
            }
        }
        try {
            System.out.println(new Object[Integer.MAX_VALUE].length);
        } catch (OutOfMemoryError e) {
            System.out.println(e.getMessage());
        }
    }
}
