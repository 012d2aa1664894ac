// args: one "two words" -three
// vmopts: -Dgiven.value=from-command-line -Dempty
// stdin: first line\n42 3.5 true\nlast
// System properties, environment, stdin by Scanner, arguments, time, identity hash, arraycopy,
// exits, Runtime, memory beans.
import java.util.*;

public class SystemThings {
  public static void main(String[] args) throws Exception {
    System.out.println(Arrays.toString(args) + " " + System.getProperty("given.value") + " ["
        + System.getProperty("empty") + "] " + System.getProperty("absent", "default"));
    System.out.println(System.getProperty("java.specification.version") + " "
        + System.getProperty("java.vm.specification.version") + " "
        + System.getProperty("java.class.version") + " " + System.getProperty("file.separator")
        + System.getProperty("path.separator") + " "
        + System.getProperty("os.name") + " " + System.lineSeparator().length() + " "
        + System.getProperty("user.timezone", "none").length() + " "
        + System.getProperty("java.vm.specification.name") + " " + Runtime.version().feature() + " "
        + System.getProperty("sun.arch.data.model"));
    for (String k : "java.home java.vm.name java.vm.vendor java.vm.version java.version java.io.tmpdir user.dir user.name java.class.path java.library.path file.encoding".split(" ")) {
      if (System.getProperty(k) == null) System.out.println("missing " + k);
    }
    System.setProperty("new.one", "1");
    System.out.println(System.setProperty("new.one", "2") + " " + System.clearProperty("new.one") + " "
        + System.getProperty("new.one") + " "
        + Integer.getInteger("given.value", 5) + " " + Boolean.getBoolean("absent"));
    Scanner in = new Scanner(System.in);
    System.out.println(in.nextLine() + "|" + in.nextInt() + "|" + in.nextDouble() + "|" + in.nextBoolean() + "|"
        + in.nextLine() + "|" + in.next() + "|" + in.hasNext());
    System.out.println(System.getenv("PATH") != null && System.getenv("SURELY_ABSENT_1") == null && System.getenv()
        .containsKey("PATH"));
    long n1 = System.nanoTime(), m1 = System.currentTimeMillis();
    Thread.sleep(20);
    long n2 = System.nanoTime(), m2 = System.currentTimeMillis();
    System.out.println((n2 - n1 >= 19_000_000) + " " + (m2 - m1 >= 15) + " " + (m1 > 1_500_000_000_000L));
    Object a = new Object(), b = new Object();
    int h = System.identityHashCode(a);
    System.gc();
    System.out.println((h == System.identityHashCode(a)) + " " + (h == a.hashCode()) + " "
        + System.identityHashCode(null) + " " + (h != System.identityHashCode(b) || h != 0));
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < 1000; i++) hashes.add(new Object().hashCode());
    System.out.println(hashes.size() > 990);
    Runtime rt = Runtime.getRuntime();
    System.out.println((rt.availableProcessors() > 0) + " " + (rt.maxMemory() >= rt.totalMemory()) + " "
        + (rt.totalMemory() >= rt.freeMemory()) + " " + (rt.freeMemory() > 0));
    ProcessHandle me = ProcessHandle.current();
    System.out.println((me.pid() > 0) + " " + me.isAlive() + " " + me.parent().isPresent() + " " + me.info().command()
        .isPresent());
    System.err.println("to stderr");
    System.err.printf("%s %d%n", "formatted", 5);
    byte[] raw = "raw bytes\n".getBytes();
    System.out.write(raw, 0, raw.length);
    System.out.flush();
    System.out.append('c').append("seq").println();
    System.out.println(new char[] {'c', 's'});
    System.out.println((Object) null);
    System.out.print(1L);
    System.out.print(2.0f);
    System.out.print(true);
    System.out.println();
    var mem = java.lang.management.ManagementFactory.getMemoryMXBean();
    var rtb = java.lang.management.ManagementFactory.getRuntimeMXBean();
    var th = java.lang.management.ManagementFactory.getThreadMXBean();
    System.out.println((mem.getHeapMemoryUsage().getUsed() > 0) + " " + rtb.getInputArguments().contains("-Dempty")
        + " " + (th.getThreadCount() > 0) + " "
        + rtb.getSpecVersion() + " " + (rtb.getUptime() > 0) + " " + (th.getThreadInfo(Thread.currentThread().getId())
            .getThreadName()));
  }
}
