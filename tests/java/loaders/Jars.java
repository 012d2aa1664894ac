// modes: default, baseline
// URLClassLoader over jars made here: multi-release entries, Class-Path, sealed packages, manifest attributes of packages, resources in order, code sources, closing, two loaders with one class, assertions per
// loader, indexes of what is not there, jar: URLs with and without caches.
import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;
import java.util.jar.*;
import javax.tools.*;

public class Jars {
  static void compile(Path out, String name, String source) throws Exception {
    Path file = Path.of("src", out.toString().replace('/', '_'), name + ".java");
    Files.createDirectories(file.getParent());
    Files.createDirectories(out);
    Files.writeString(file, source);
    int r = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", out.toString(), "-cp", "c1:c2", file.toString());
    if (r != 0) System.out.println("javac " + r);
  }

  static URL jar(String name, Manifest m, Object... entries) throws Exception {
    m.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (JarOutputStream j = new JarOutputStream(new FileOutputStream(name), m)) {
      for (int i = 0; i < entries.length; i += 2) {
        j.putNextEntry(new JarEntry((String) entries[i]));
        j.write(entries[i + 1] instanceof Path p ? Files.readAllBytes(p) : ((String) entries[i + 1]).getBytes());
        j.closeEntry();
      }
    }
    return Path.of(name).toUri().toURL();
  }

  static Manifest manifest(String... pairs) {
    Manifest m = new Manifest();
    m.getMainAttributes().putValue("Manifest-Version", "1.0");
    for (int i = 0; i < pairs.length; i += 2) m.getMainAttributes().putValue(pairs[i], pairs[i + 1]);
    return m;
  }

  static String text(URL u) throws IOException {
    return new String(u.openStream().readAllBytes());
  }

  static String call(Class<?> c) throws Exception {
    return (String) c.getMethod("say").invoke(null);
  }

  static String file(URL u) {
    return u.toString().replaceAll(".*/", "");
  }

  public static void main(String[] args) throws Exception {
    String template = "package p; public class A { public static String say() { assert on(); return \"%s\"; } static boolean on() { throw new IllegalStateException(\"asserted\"); } }";
    compile(Path.of("c1"), "A", template.formatted("base"));
    compile(Path.of("c11"), "A", template.formatted("eleven"));
    compile(Path.of("c99"), "A", template.formatted("ninety-nine"));
    compile(Path.of("c1"), "B", "package p; public class B { public static String say() { return \"b uses \" + q.C.say(); } }".replace("q.C", "p.A"));
    compile(Path.of("c2"), "C", "package q; public class C { public static String say() { return p.A.say() + \" from c\"; } }");
    compile(Path.of("c3"), "D", "package p; public class D { public static String say() { return \"intruder\"; } }");
    URL multi = jar("multi.jar", manifest("Multi-Release", "true", "Specification-Title", "Spec", "Implementation-Version", "1.2"), "p/A.class", Path.of("c1/p/A.class"), "META-INF/versions/11/p/A.class", Path.of("c11/p/A.class"), "META-INF/versions/99/p/A.class", Path
        .of("c99/p/A.class"), "r.txt", "base", "META-INF/versions/9/r.txt", "nine");
    URL plain = jar("plain.jar", manifest(), "p/A.class", Path.of("c1/p/A.class"), "r.txt", "plain", "p/B.class", Path.of("c1/p/B.class"));
    URL path = jar("path.jar", manifest("Class-Path", "plain.jar missing.jar"), "q/C.class", Path.of("c2/q/C.class"));
    Manifest sealed = manifest("Implementation-Title", "whole");
    sealed.getEntries().put("p/", new Attributes());
    sealed.getAttributes("p/").putValue("Sealed", "true");
    sealed.getAttributes("p/").putValue("Implementation-Title", "package");
    URL seal = jar("seal.jar", sealed, "p/A.class", Path.of("c1/p/A.class"));
    URL intruder = jar("intruder.jar", manifest(), "p/D.class", Path.of("c3/p/D.class"));
    try (URLClassLoader l = new URLClassLoader("multi", new URL[] {multi, plain}, null)) {
      Class<?> a = l.loadClass("p.A");
      System.out.println(call(a) + " " + text(l.getResource("r.txt")) + " " + file(a.getProtectionDomain().getCodeSource().getLocation()) + " " + l.getName() + " " + a.getPackage().getSpecificationTitle() + " " + a.getPackage().getImplementationVersion() + " " + a.getPackage().isSealed());
      List<String> all = new ArrayList<>();
      for (URL u : Collections.list(l.getResources("r.txt"))) all.add(text(u));
      System.out.println(all + " " + l.getResource("none") + " " + l.findResource("p/") + " " + (l.getResourceAsStream("p/A.class").read() == 0xca) + " " + call(l.loadClass("p.B")));
      System.out.println(l.getDefinedPackage("p").equals(a.getPackage()) + " " + l.getDefinedPackage("q") + " " + a.getPackage() + " " + a.getModule().isNamed() + " " + l.getUnnamedModule().equals(a.getModule()));
      try {
        l.loadClass("p.None");
      } catch (ClassNotFoundException e) {
        System.out.println(e.getMessage() + " " + e.getCause());
      }
    }
    try (URLClassLoader l = new URLClassLoader(new URL[] {path}, null)) {
      System.out.println(call(l.loadClass("q.C")) + " " + l.getURLs().length);
    }
    try (URLClassLoader l = new URLClassLoader(new URL[] {seal, intruder}, null)) {
      Class<?> a = l.loadClass("p.A");
      System.out.println(a.getPackage().isSealed() + " " + a.getPackage().getImplementationTitle() + " " + a.getPackage().isSealed(seal));
      l.loadClass("p.D");
    } catch (SecurityException e) {
      System.out.println(e.getMessage());
    }
    URLClassLoader one = new URLClassLoader(new URL[] {plain}, null), two = new URLClassLoader(new URL[] {plain}, null);
    two.setDefaultAssertionStatus(true);
    Class<?> a1 = one.loadClass("p.A"), a2 = two.loadClass("p.A");
    System.out.println((a1 == a2) + " " + a1.getName().equals(a2.getName()) + " " + call(a1) + " " + a2.desiredAssertionStatus());
    try {
      call(a2);
    } catch (java.lang.reflect.InvocationTargetException e) {
      System.out.println(e.getCause().getMessage());
    }
    one.close();
    System.out.println(one.loadClass("p.A") == a1);
    try {
      one.loadClass("p.B");
    } catch (ClassNotFoundException e) {
      System.out.println("closed " + e.getMessage());
    }
    one.close();
    JarURLConnection j = (JarURLConnection) new URL("jar:" + plain + "!/r.txt").openConnection();
    j.setUseCaches(false);
    System.out.println(new String(j.getInputStream().readAllBytes()) + " " + j.getContentLength() + " " + j.getEntryName() + " " + j.getManifest().getMainAttributes().size());
    try {
      new URL("jar:" + plain + "!/none").openStream();
    } catch (FileNotFoundException e) {
      System.out.println(e.getMessage().replaceAll("JAR entry (.*) not found in .*/(.*)", "$1 $2"));
    }
    try (JarFile f = new JarFile(new File("multi.jar"), true, java.util.zip.ZipFile.OPEN_READ, Runtime.version())) {
      System.out.println(f.isMultiRelease() + " " + f.getJarEntry("r.txt").getRealName() + " " + f.getJarEntry("p/A.class").getRealName() + " " + f.stream().count() + " " + f.versionedStream().map(JarEntry::getName).sorted().toList());
    }
    try (JarFile f = new JarFile("multi.jar")) {
      System.out.println(f.getJarEntry("r.txt").getRealName() + " " + JarFile.baseVersion());
    }
    ClassLoader odd = new ClassLoader("odd", null) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] b;
        try {
          b = Files.readAllBytes(Path.of("c1/p/A.class"));
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
        return defineClass(name, b, 0, b.length);
      }
    };
    try {
      odd.loadClass("p.Wrong");
    } catch (NoClassDefFoundError e) {
      System.out.println(e.getMessage());
    }
    odd.loadClass("p.A");
    try {
      java.lang.reflect.Method m = ClassLoader.class.getDeclaredMethod("findClass", String.class);
      System.out.println(java.lang.reflect.Modifier.toString(m.getModifiers()));
      Class.forName("p.A", false, odd).getDeclaredMethod("say");
      Class.forName("p/A", false, odd);
    } catch (ClassNotFoundException e) {
      System.out.println(e.getMessage());
    }
  }
}
