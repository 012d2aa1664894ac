// java.util.logging and System.Logger: levels, handlers, formatters, filters, parents, resource bundles, files with rotation, memory handlers, configuration by text, suppliers not called.
import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.logging.*;
import java.util.logging.Formatter;

public class Logs {
  static class Memory extends Handler {
    final List<String> got = new ArrayList<>();

    @Override
    public void publish(LogRecord r) {
      if (isLoggable(r)) got.add(r.getLoggerName() + "/" + r.getLevel() + "/" + r.getSourceMethodName() + "/" + new SimpleFormatter().formatMessage(r) + (r.getThrown() == null ? "" : "/" + r.getThrown().getMessage()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  public static class Bundle extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
      return new Object[][] {{"key", "localized {0}"}};
    }
  }

  static Object never() {
    throw new IllegalStateException("called");
  }

  public static void main(String[] args) throws Exception {
    Logger root = Logger.getLogger(""), a = Logger.getLogger("a"), ab = Logger.getLogger("a.b"), abc = Logger.getLogger("a.b.c");
    for (Handler h : root.getHandlers()) root.removeHandler(h);
    Memory m = new Memory(), top = new Memory();
    ab.addHandler(m);
    root.addHandler(top);
    System.out.println(abc.getParent() == ab ? a.getLevel() + " " + root.getLevel() + " " + (Logger.getLogger("a.b") == ab) : "?");
    ab.setLevel(Level.FINE);
    abc.fine("fine");
    abc.finer("finer");
    a.fine("not");
    abc.log(Level.WARNING, "args {0} {1}", new Object[] {1, "x"});
    abc.log(Level.SEVERE, "thrown", new IOException("io"));
    abc.finest(() -> (String) never());
    abc.entering("C", "m");
    m.setFilter(r -> r.getLevel().intValue() > Level.FINE.intValue());
    abc.fine("filtered");
    ab.setUseParentHandlers(false);
    abc.info("only here");
    abc.logrb(Level.INFO, ResourceBundle.getBundle("Logs$Bundle"), "key", 7);
    abc.logp(Level.INFO, "Cls", "meth", "explicit");
    ab.setUseParentHandlers(true);
    System.out.println(m.got);
    System.out.println(top.got);
    System.out.println(ab.isLoggable(Level.FINER) + " " + Level.parse("800") + " " + Level.parse("SEVERE").intValue() + " " + abc.getLevel());
    FileHandler f = new FileHandler("log.%g.txt", 400, 3, false);
    f.setFormatter(new Formatter() {
      @Override
      public String format(LogRecord r) {
        return r.getLevel() + " " + formatMessage(r) + "\n";
      }
    });
    a.addHandler(f);
    for (int i = 0; i < 60; i++) a.info("line " + i);
    f.close();
    System.out.println(Files.exists(Path.of("log.0.txt")) + " " + Files.exists(Path.of("log.2.txt")) + " " + Files.exists(Path.of("log.3.txt")) + " " + Files.readAllLines(Path.of("log.0.txt")).get(0).startsWith("INFO line"));
    a.removeHandler(f);
    ByteArrayOutputStream bo = new ByteArrayOutputStream();
    StreamHandler sh = new StreamHandler(bo, new XMLFormatter());
    MemoryHandler mh = new MemoryHandler(sh, 3, Level.SEVERE);
    a.addHandler(mh);
    for (int i = 0; i < 5; i++) a.info("kept " + i);
    a.severe("push");
    sh.flush();
    String xml = bo.toString();
    System.out.println(xml.contains("kept 4") + " " + xml.contains("kept 1") + " " + xml.contains("<level>SEVERE</level>") + " " + xml.split("<record>").length);
    a.removeHandler(mh);
    LogManager.getLogManager().readConfiguration(new ByteArrayInputStream("handlers=\nconf.x.level=FINEST\n.level=OFF\n".getBytes()));
    System.out.println(Logger.getLogger("conf.x.y").isLoggable(Level.FINEST) + " " + Logger.getLogger("other").isLoggable(Level.SEVERE) + " " + LogManager.getLogManager().getProperty("conf.x.level"));
    System.Logger s = System.getLogger("sys");
    Logger sys = Logger.getLogger("sys");
    Memory sm = new Memory();
    sys.setLevel(Level.ALL);
    sys.addHandler(sm);
    s.log(System.Logger.Level.INFO, "system {0}", 5);
    s.log(System.Logger.Level.TRACE, () -> "supplied");
    s.log(System.Logger.Level.ERROR, "with", new RuntimeException("cause"));
    System.out.println(sm.got + " " + s.getName() + " " + s.isLoggable(System.Logger.Level.OFF));
    LogRecord r = new LogRecord(Level.INFO, "record");
    System.out.println(r.getSourceClassName() + " " + r.getSourceMethodName() + " " + (r.getSequenceNumber() > 0) + " " + r.getLongThreadID());
    try {
      Level.parse("NOPE");
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }
}
