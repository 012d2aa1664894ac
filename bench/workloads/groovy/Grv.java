import java.io.*;
public class Grv extends Bench {
    public static void main(String[] a) throws Throwable { new Grv().go(a); }
    groovy.lang.Script s;
    public void setup() throws Exception {
        s = new groovy.lang.GroovyShell().parse(new File(IN + "/bench.groovy"));
    }
    public String iterate(int it) throws Exception {
        return String.valueOf(s.invokeMethod("run1", new Object[] {size}));
    }
}
