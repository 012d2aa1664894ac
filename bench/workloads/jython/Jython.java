import java.io.*;
import java.util.*;
public class Jython extends Bench {
    public static void main(String[] a) throws Throwable { new Jython().go(a); }
    org.python.util.PythonInterpreter py;
    public void setup() throws Exception {
        py = new org.python.util.PythonInterpreter();
        py.execfile(new FileInputStream(IN + "/bench.py"), "bench.py");
    }
    public String iterate(int it) throws Exception { return py.eval("run(" + size + ")").toString(); }
}
