import java.io.*;
import java.util.*;
import java.util.jar.*;
import org.objectweb.asm.*;
import org.objectweb.asm.tree.*;
import org.objectweb.asm.tree.analysis.*;
// "bloat"-like: parse, data-flow analyse (SourceInterpreter), dead-code count, recompute frames, re-emit
public class Asm extends Bench {
    public static void main(String[] a) throws Throwable { new Asm().go(a); }
    List<byte[]> cs = new ArrayList<byte[]>();
    public void setup() throws Exception {
        JarFile j = new JarFile("/usr/share/java/guava.jar");
        TreeMap<String, JarEntry> m = new TreeMap<String, JarEntry>();
        for (Enumeration<JarEntry> e = j.entries(); e.hasMoreElements();) {
            JarEntry x = e.nextElement();
            if (x.getName().endsWith(".class") && !x.getName().contains("module-info")) m.put(x.getName(), x);
        }
        for (JarEntry x : m.values()) {
            if (cs.size() >= size) break;
            InputStream in = j.getInputStream(x);
            ByteArrayOutputStream o = new ByteArrayOutputStream();
            byte[] b = new byte[8192];
            int n;
            while ((n = in.read(b)) > 0) o.write(b, 0, n);
            cs.add(o.toByteArray());
        }
    }
    public String iterate(int it) throws Exception {
        long h = FNV0;
        int meth = 0, ins = 0, dead = 0, uses = 0;
        for (byte[] b : cs) {
            ClassNode cn = new ClassNode();
            new ClassReader(b).accept(cn, ClassReader.SKIP_FRAMES);
            for (MethodNode mn : cn.methods) {
                meth++;
                ins += mn.instructions.size();
                Frame<SourceValue>[] fs =
                    new Analyzer<SourceValue>(new SourceInterpreter()).analyze(cn.name, mn);
                for (int i = 0; i < fs.length; i++) {
                    if (fs[i] == null)
                        dead++;
                    else
                        for (int k = 0; k < fs[i].getStackSize(); k++) uses += fs[i].getStack(k).insns.size();
                }
            }
            ClassWriter w = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
                protected String getCommonSuperClass(String x, String y) { return "java/lang/Object"; }
            };
            cn.accept(w);
            byte[] o = w.toByteArray();
            h = fnv(h, o, 0, o.length);
        }
        return cs.size() + " classes " + meth + " methods " + ins + " insns " + dead + " " + uses + " "
            + hex(h);
    }
}
