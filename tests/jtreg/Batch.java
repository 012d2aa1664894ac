import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;

/**
 * Runs many tests in one process, each with a class loader and a thread group of its own. A line of the
 * file named by the argument is a test, separated by tabs: a log file, the class path, the number of
 * properties, key and value of each, the class, its arguments. Standard output says which
 * begins, and which has passed in how many milliseconds. What does not pass here proves nothing (tests change what
 * belongs to the process): it has to be run alone.
 */
public class Batch {
    static final long LIMIT_MILLIS = 30_000;

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out, err = System.err;
        Properties properties = (Properties) System.getProperties().clone();
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        List<String> tests = Files.readAllLines(Path.of(args[0]));
        for (int i = 0; i < tests.size(); i++) {
            System.setProperties((Properties) properties.clone());
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
            out.println("begin " + i);
            out.flush();
            long start = System.nanoTime();
            Boolean passed = run(tests.get(i).split("\t", -1));
            System.setOut(out);
            System.setErr(err);
            if (passed == null || System.getSecurityManager() != null) {
                break; // a thread that runs on, or a manager: the next would not be alone
            }
            if (passed) {
                out.println("passed " + i + " " + (System.nanoTime() - start) / 1_000_000);
                out.flush();
            }
        }
        Runtime.getRuntime().halt(0);
    }

    /** Null if it did not end in time. */
    static Boolean run(String[] words) throws Exception {
        int at = 3 + 2 * Integer.parseInt(words[2]);
        for (int i = 3; i < at; i += 2) {
            System.setProperty(words[i], words[i + 1]);
        }
        List<URL> path = new ArrayList<>();
        for (String entry : words[1].split(":")) {
            path.add(new File(entry).toURI().toURL());
        }
        boolean[] failed = new boolean[1];
        try (PrintStream log = new PrintStream(new FileOutputStream(words[0]), true)) {
            System.setOut(log);
            System.setErr(log);
            ThreadGroup group = new ThreadGroup("tests") {
                @Override
                public void uncaughtException(Thread t, Throwable e) {
                    failed[0] |= !(e instanceof ThreadDeath);
                }
            };
            ClassLoader loader = new URLClassLoader(path.toArray(new URL[0]));
            Thread main = new Thread(group, () -> {
                try {
                    var m = loader.loadClass(words[at]).getMethod("main", String[].class);
                    m.setAccessible(true);
                    m.invoke(null, (Object) Arrays.copyOfRange(words, at + 1, words.length));
                } catch (Throwable e) {
                    e.printStackTrace();
                    failed[0] = true;
                }
            }, "main");
            main.setContextClassLoader(loader);
            main.start();
            main.join(LIMIT_MILLIS);
            return main.isAlive() ? null : Boolean.valueOf(!failed[0]);
        }
    }
}
