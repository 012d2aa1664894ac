// The platform's management beans: attributes that must hold anywhere, MBeanServer by name, own MBeans and MXBeans, notifications, open types, deadlock detection, thread info, memory pools.
import java.lang.management.*;
import java.util.*;
import javax.management.*;
import javax.management.openmbean.*;

public class Beans {
  public interface CounterMBean {
    int getCount();

    void setCount(int n);

    String getText();

    int add(int a, int b);
  }

  public static class Counter extends NotificationBroadcasterSupport implements CounterMBean {
    int n;

    @Override
    public int getCount() {
      return n;
    }

    @Override
    public void setCount(int v) {
      sendNotification(new AttributeChangeNotification(this, v, 0, "changed", "Count", "int", n, v));
      n = v;
    }

    @Override
    public String getText() {
      throw new IllegalStateException("text");
    }

    @Override
    public int add(int a, int b) {
      return a + b;
    }
  }

  public record Stat(String name, long[] values) {}

  public static class Data {
    final int x;

    @java.beans.ConstructorProperties("x")
    public Data(int x) {
      this.x = x;
    }

    public int getX() {
      return x;
    }
  }

  public interface InfoMXBean {
    Data getData();

    Map<String, List<Integer>> getMap();
  }

  public static class Info implements InfoMXBean {
    @Override
    public Data getData() {
      return new Data(5);
    }

    @Override
    public Map<String, List<Integer>> getMap() {
      return Map.of("k", List.of(1, 2));
    }
  }

  public static void main(String[] args) throws Exception {
    RuntimeMXBean r = ManagementFactory.getRuntimeMXBean();
    System.out.println((r.getUptime() >= 0) + " " + (r.getPid() == ProcessHandle.current().pid()) + " " + r.getSpecVersion() + " " + (r.getInputArguments() != null) + " " + r.getClassPath().equals(System.getProperty("java.class.path")) + " " + (r
        .getStartTime() > 1_600_000_000_000L) + " " + r.getSystemProperties().containsKey("java.home"));
    ThreadMXBean t = ManagementFactory.getThreadMXBean();
    System.out.println((t.getThreadCount() >= 1) + " " + (t.getPeakThreadCount() >= t.getDaemonThreadCount()) + " " + (t.getTotalStartedThreadCount() > 0) + " " + t.getThreadInfo(Thread.currentThread().getId()).getThreadName() + " " + (t
        .getCurrentThreadCpuTime() > 0) + " " + t.getThreadInfo(999_999) + " " + Arrays.toString(t.findDeadlockedThreads()));
    Object a = new Object(), b = new Object();
    java.util.concurrent.CountDownLatch both = new java.util.concurrent.CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      Object x = i == 0 ? a : b, y = i == 0 ? b : a;
      Thread d = new Thread(() -> {
        synchronized (x) {
          both.countDown();
          try {
            both.await();
          } catch (InterruptedException e) {
            return;
          }
          synchronized (y) {
            System.out.println("?");
          }
        }
      }, "dead" + i);
      d.setDaemon(true);
      d.start();
    }
    long[] dead;
    while ((dead = t.findDeadlockedThreads()) == null) Thread.sleep(1);
    Set<String> names = new TreeSet<>();
    for (ThreadInfo i : t.getThreadInfo(dead, true, true)) names.add(i.getThreadName() + " " + i.getThreadState() + " " + i.getLockOwnerName() + " " + i.getLockedMonitors().length + " " + i.getLockInfo().getClassName());
    System.out.println(names + " " + t.findMonitorDeadlockedThreads().length);
    MemoryMXBean m = ManagementFactory.getMemoryMXBean();
    MemoryUsage h = m.getHeapMemoryUsage();
    System.out.println((h.getUsed() >= 0) + " " + (h.getUsed() <= h.getCommitted()) + " " + (h.getCommitted() <= h.getMax()) + " " + (m.getNonHeapMemoryUsage().getUsed() > 0));
    long before = collections();
    System.gc();
    System.out.println(collections() > before);
    System.out.println(!ManagementFactory.getMemoryPoolMXBeans().isEmpty() + " " + ManagementFactory.getMemoryPoolMXBeans().stream().anyMatch(p -> p.getType() == MemoryType.HEAP) + " " + (ManagementFactory.getClassLoadingMXBean()
        .getLoadedClassCount() > 300) + " " + (ManagementFactory.getOperatingSystemMXBean().getAvailableProcessors() > 0) + " " + ManagementFactory.getOperatingSystemMXBean().getName() + " " + (((com.sun.management.OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean()).getTotalMemorySize() > 1 << 20));
    MBeanServer s = ManagementFactory.getPlatformMBeanServer();
    System.out.println(s.getAttribute(new ObjectName("java.lang:type=Runtime"), "SpecName") + " " + s.getDefaultDomain());
    for (String type : List.of("ClassLoading", "Memory", "OperatingSystem", "Runtime", "Threading")) System.out.print(type + " " + s.isRegistered(new ObjectName("java.lang:type=" + type)) + " ");
    CompilationMXBean k = ManagementFactory.getCompilationMXBean();
    boolean interpreted = System.getProperty("java.vm.info").startsWith("interpreted");  // then there is none
    System.out.println((k == null) == interpreted && (interpreted || !k.getName().isEmpty() && k.isCompilationTimeMonitoringSupported() && k.getTotalCompilationTime() >= 0));
    ObjectName n = new ObjectName("test:type=Counter,name=one");
    Counter c = new Counter();
    s.registerMBean(c, n);
    s.addNotificationListener(n, (x, hb) -> System.out.println(hb + " " + x.getMessage() + " " + ((AttributeChangeNotification) x).getNewValue()), null, "handback");
    s.setAttribute(n, new Attribute("Count", 41));
    System.out.println(s.getAttribute(n, "Count") + " " + s.invoke(n, "add", new Object[] {2, 3}, new String[] {"int", "int"}) + " " + s.isRegistered(n) + " " + s.getMBeanInfo(n).getAttributes().length);
    for (String bad : List.of("Text", "None")) {
      try {
        s.getAttribute(n, bad);
      } catch (RuntimeMBeanException | AttributeNotFoundException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
    try {
      s.registerMBean(c, n);
    } catch (InstanceAlreadyExistsException e) {
      System.out.println(e.getMessage());
    }
    try {
      s.registerMBean("not one", new ObjectName("test:type=Bad"));
    } catch (NotCompliantMBeanException e) {
      System.out.println("not compliant");
    }
    try {
      new ObjectName("no domain");
    } catch (MalformedObjectNameException e) {
      System.out.println(e.getMessage());
    }
    ObjectName in = new ObjectName("test:type=Info");
    s.registerMBean(new Info(), in);
    CompositeData d = (CompositeData) s.getAttribute(in, "Data");
    System.out.println(d.get("x") + " " + d.getCompositeType().keySet() + " " + s.getAttribute(in, "Map").getClass().getSimpleName() + " " + JMX.newMXBeanProxy(s, in, InfoMXBean.class).getData().getX() + " " + JMX.newMXBeanProxy(s, in, InfoMXBean.class)
        .getMap());
    s.unregisterMBean(n);
    System.out.println(s.isRegistered(n));
  }

  static long collections() {
    long n = 0;
    for (GarbageCollectorMXBean g : ManagementFactory.getGarbageCollectorMXBeans()) n += g.getCollectionCount();
    return n;
  }
}
