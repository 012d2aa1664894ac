import java.io.*;
public class Clj extends Bench {
    public static void main(String[] a) throws Throwable { new Clj().go(a); }
    clojure.lang.IFn f;
    public void setup() throws Exception {
        clojure.lang.RT.var("clojure.core", "load-file").invoke(IN + "/bench.clj");
        f = clojure.lang.RT.var("bench", "run");
    }
    public String iterate(int it) throws Exception { return String.valueOf(f.invoke(size)); }
}
