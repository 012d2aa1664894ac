import java.lang.reflect.*;

/**
 * Runs a test's main as jtreg does: in a thread of a group of its own. The test has passed when main
 * returns and no thread of the group died of an exception; threads that still run do not hold it up.
 */
public class Launch {
    static volatile boolean failed;

    public static void main(String[] args) throws Exception {
        String[] rest = java.util.Arrays.copyOfRange(args, 1, args.length);
        ThreadGroup group = new ThreadGroup("tests") {
            @Override
            public void uncaughtException(Thread t, Throwable e) {
                if (e instanceof ThreadDeath) {
                    return;
                }
                e.printStackTrace();
                failed = true;
            }
        };
        Thread main = new Thread(group, () -> run(args[0], rest), "main");
        main.start();
        main.join();
        System.out.flush();
        System.err.flush();
        System.err.println(failed ? "Launch: failed" : "Launch: passed");
        try {
            System.exit(failed ? 1 : 0);
        } catch (SecurityException e) {
            // the test's security manager stays; run.py reads the line above
        }
    }

    static void run(String name, String[] args) {
        try {
            Class<?> c = Class.forName(name, true, ClassLoader.getSystemClassLoader());
            Method main = c.getMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            failed = true;
        } catch (Throwable e) {
            e.printStackTrace();
            failed = true;
        }
    }
}
