// java.util.logging with handlers of our own, resource bundles from classes, observers, timers of
// text: small library corners.
import java.beans.PropertyChangeSupport;
import java.util.*;
import java.util.logging.*;

public class LogsBundles {
  static final List<String> SEEN = new ArrayList<>();

  static class Capture extends Handler {
    @Override
    public void publish(LogRecord r) {
      if (isLoggable(r)) SEEN.add(r.getLevel() + ":" + new SimpleFormatter().formatMessage(r) + ":"
          + r.getSourceMethodName() + (r.getThrown() == null ? "" : ":" + r.getThrown()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  public static class Text extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
      return new Object[][] {{"hello", "hello"}, {"only", "default"}, {"list", new int[] {1, 2}}};
    }
  }

  public static class Text_de extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
      return new Object[][] {{"hello", "hallo"}};
    }
  }

  public static class Text_de_AT extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
      return new Object[][] {{"hello", "servus"}};
    }
  }

  static void work(Logger log) {
    log.fine("not shown");
    log.info("shown");
    log.log(Level.WARNING, "with {0} and {1}", new Object[] {"one", 2});
    log.log(Level.SEVERE, "thrown", new IllegalStateException("x"));
    log.config(() -> "supplied");
    log.entering("C", "m");
  }

  public static void main(String[] args) {
    Logger root = Logger.getLogger("a"), child = Logger.getLogger("a.b.c");
    root.setUseParentHandlers(false);
    root.addHandler(new Capture());
    work(child);
    child.setLevel(Level.ALL);
    work(child);
    child.setFilter(r -> r.getLevel().intValue() > 900);
    work(child);
    SEEN.forEach(System.out::println);
    System.out.println(child.getParent().getName() + " " + (Logger.getLogger("a.b.c") == child) + " "
        + child.isLoggable(Level.FINEST) + " " + root.getLevel() + " " + Level.parse("800"));
    Locale.setDefault(Locale.ENGLISH);
    for (Locale l : new Locale[] {Locale.ROOT, Locale.GERMAN, new Locale("de", "AT"), Locale.FRENCH}) {
      ResourceBundle b = ResourceBundle.getBundle("LogsBundles$Text", l);
      System.out.println(l + " " + b.getString("hello") + " " + b.getString("only") + " "
          + ((int[]) b.getObject("list")).length + " " + new TreeSet<>(b.keySet()) + " [" + b.getLocale() + "]");
    }
    try {
      ResourceBundle.getBundle("LogsBundles$Text").getString("gone");
    } catch (MissingResourceException e) {
      System.out.println(e.getMessage());
    }
    try {
      ResourceBundle.getBundle("NoBundle", Locale.GERMAN);
    } catch (MissingResourceException e) {
      System.out.println(e.getMessage());
    }
    PropertyChangeSupport p = new PropertyChangeSupport("bean");
    p.addPropertyChangeListener("size", e -> System.out.println(e.getPropertyName() + " " + e.getOldValue() + " "
        + e.getNewValue()));
    p.firePropertyChange("size", 1, 2);
    p.firePropertyChange("size", 2, 2);
    p.firePropertyChange("other", 1, 2);
    // The default console handler writes to stderr in two lines; make the format fixed first.
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %3$s %5$s%n");
    Logger.getLogger("console").warning("to the console");
  }
}
