import java.io.*;
import java.util.*;
import org.mozilla.javascript.*;
public class Rhino extends Bench {
    public static void main(String[] a) throws Throwable { new Rhino().go(a); }
    public String iterate(int it) throws Exception {
        Context cx = Context.enter();
        try {
            cx.setOptimizationLevel(9);
            Scriptable s = cx.initStandardObjects();
            cx.evaluateString(s, readText(new File(IN + "/bench.js")), "bench.js", 1, null);
            return Context.toString(cx.evaluateString(s, "run(" + size + ")", "x", 1, null));
        } finally { Context.exit(); }
    }
}
