// ServiceLoader on the class path: META-INF/services written at run time, order, duplicates, errors of each kind, reload, streams, and
// instantiation only when asked; resource bundles as services are not, but properties found by loader are.
import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;

public class Services {
  public interface Codec {
    String name();
  }

  public static class One implements Codec {
    static int made;

    public One() {
      made++;
    }

    @Override
    public String name() {
      return "one";
    }
  }

  public static class Two implements Codec {
    @Override
    public String name() {
      return "two";
    }
  }

  public static class Throwing implements Codec {
    public Throwing() {
      throw new IllegalStateException("constructor");
    }

    @Override
    public String name() {
      return "never";
    }
  }

  public static class NoConstructor implements Codec {
    public NoConstructor(int x) {}

    @Override
    public String name() {
      return "never";
    }
  }

  public static class Foreign {}

  static ServiceLoader<Codec> load(String... lines) throws IOException {
    Path d = Files.createTempDirectory(Path.of(""), "svc");
    Files.createDirectories(d.resolve("META-INF/services"));
    Files.write(d.resolve("META-INF/services/Services$Codec"), List.of(lines));
    return ServiceLoader.load(Codec.class, new URLClassLoader(new URL[] {d.toUri().toURL()}, Services.class.getClassLoader()));
  }

  static void walk(String what, ServiceLoader<Codec> l) {
    System.out.print(what + ":");
    Iterator<Codec> it = l.iterator();
    for (int i = 0; i < 10; i++) {
      try {
        if (!it.hasNext()) break;
        System.out.print(" " + it.next().name());
      } catch (ServiceConfigurationError e) {
        System.out.print(" [" + e.getMessage().replaceAll("file:.*/", ".../") + (e.getCause() == null ? "" : " <- " + e.getCause()) + "]");
      }
    }
    System.out.println();
  }

  public static void main(String[] args) throws Exception {
    ServiceLoader<Codec> l = load("# comment", "Services$One", "", "Services$Two  # trailing", "Services$One");
    walk("plain", l);
    int made = One.made;
    walk("cached", l);
    l.reload();
    walk("reloaded", l);
    System.out.println(One.made - made);
    walk("missing", load("no.such.Class", "Services$Two"));
    walk("throwing", load("Services$Throwing", "Services$Two"));
    walk("constructor", load("Services$NoConstructor", "Services$Two"));
    walk("not a subtype", load("Services$Foreign", "Services$Two"));
    walk("syntax", load("a b c"));
    walk("bad name", load("1abc"));
    made = One.made;
    List<ServiceLoader.Provider<Codec>> ps = load("Services$One", "Services$Two").stream().collect(Collectors.toList());
    System.out.println(ps.stream().map(p -> p.type().getSimpleName()).collect(Collectors.toList()) + " " + (One.made - made) + " " + ps.get(0).get()
        .name() + " " + (ps.get(0).get() != ps.get(0).get()));
    System.out.println(load("Services$Two", "Services$One").findFirst().map(Codec::name) + " " + ServiceLoader.load(Codec.class).findFirst() + " "
        + load("Services$Two"));
    System.out.println(ServiceLoader.load(java.nio.file.spi.FileSystemProvider.class).stream().map(p -> p.type().getSimpleName()).sorted().collect(
        Collectors.toList()));
    System.out.println(ServiceLoader.load(java.util.spi.ToolProvider.class).stream().map(p -> p.get().name()).sorted().collect(Collectors.toList()));
    StringWriter out = new StringWriter();
    int status = java.util.spi.ToolProvider.findFirst("jar").get().run(new PrintWriter(out), new PrintWriter(out), "--version");
    System.out.println(status + " " + out.toString().startsWith("jar 17"));
    Path d = Files.createDirectory(Path.of("bundles"));
    Files.writeString(d.resolve("Msg.properties"), "hello=Hello {0}\nonly=base\n");
    Files.writeString(d.resolve("Msg_de.properties"), "hello=Hallo {0}\n");
    Files.writeString(d.resolve("Msg_de_AT.properties"), "hello=Servus {0}\n");
    ClassLoader cl = new URLClassLoader(new URL[] {d.toUri().toURL()});
    for (Locale x : List.of(new Locale("de", "AT"), Locale.GERMANY, Locale.JAPAN)) {
      ResourceBundle b = ResourceBundle.getBundle("Msg", x, cl, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT));
      System.out.println(java.text.MessageFormat.format(b.getString("hello"), "W") + " " + b.getString("only") + " " + b.getLocale() + " " + new TreeSet<>(
          b.keySet()));
    }
    try {
      ResourceBundle.getBundle("Nope", Locale.US, cl);
    } catch (MissingResourceException e) {
      System.out.println(e.getMessage());
    }
    System.out.println(Collections.list(cl.getResources("Msg.properties")).size() + " " + cl.getResource("none") + " " + new Scanner(cl
        .getResourceAsStream("Msg_de.properties")).nextLine());
  }
}
