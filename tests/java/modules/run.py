#!/usr/bin/env python3
"""Named modules: compiled here by HotSpot's javac, run with -p and -m by the java command given.

Services across modules, what is not exported or opened, readability, resources, layers, automatic modules, jars, --add-*, --limit-modules,
--patch-module, and the launcher's errors about modules.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCES = {
    "app/module-info.java": """module app { requires lib; requires java.logging; uses lib.Greeter; opens app.open; }""",
    "app/app/Main.java": """package app;
import java.lang.module.*;
import java.util.*;
import java.util.stream.*;
public class Main {
  static void attempt(String what, java.util.concurrent.Callable<?> c) {
    try { System.out.println(what + ": " + c.call()); }
    catch (Throwable e) {
      String m = String.valueOf(e.getMessage());
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + m);
      if (e.getCause() != null) System.out.println("  cause " + e.getCause());
    }
  }
  public static void main(String[] args) throws Exception {
    Module m = Main.class.getModule(), other = lib.Greeter.class.getModule();
    System.out.println(m + " " + m.isNamed() + " " + m.getDescriptor().isOpen() + " " + new TreeSet<>(m.getPackages()) + " " + m.canRead(other) + " " + other.canRead(m)
        + " " + other.isExported("lib") + " " + other.isExported("lib.hidden") + " " + other.isExported("lib.friend", m) + " " + other.isOpen("lib"));
    for (lib.Greeter g : ServiceLoader.load(lib.Greeter.class)) System.out.println(g.greet() + " from " + g.getClass().getModule());
    System.out.println(ServiceLoader.load(lib.Greeter.class).stream().map(p -> p.type().getSimpleName()).sorted().collect(Collectors.toList()));
    attempt("friend", () -> new lib.friend.Friend().toString());
    attempt("hidden by name", () -> Class.forName("lib.hidden.Secret").getDeclaredConstructor().newInstance());
    attempt("private field", () -> { var f = lib.Greeter.class.getDeclaredField("KEY"); f.setAccessible(true); return f.get(null); });
    attempt("public field", () -> lib.Greeter.class.getField("OPEN").get(null));
    attempt("trusted", () -> { var c = Class.forName("java.util.ArrayList"); var f = c.getDeclaredField("size"); f.setAccessible(true); return 1; });
    attempt("try", () -> { var f = String.class.getDeclaredField("hash"); return f.trySetAccessible(); });
    attempt("private lookup", () -> java.lang.invoke.MethodHandles.privateLookupIn(lib.Greeter.class, java.lang.invoke.MethodHandles.lookup()));
    attempt("resource", () -> new String(Main.class.getResourceAsStream("/app/open/text.txt").readAllBytes()).trim());
    attempt("closed resource", () -> lib.Greeter.class.getResourceAsStream("/lib/closed/text.txt"));
    attempt("module resource", () -> m.getResourceAsStream("app/Main.class").readAllBytes().length > 0);
    attempt("unread", () -> Class.forName("java.sql.Date"));
    attempt("by module", () -> Class.forName(other, "lib.hidden.Secret").getModule() + " " + Class.forName(other, "no.Such"));
    attempt("package", () -> lib.Greeter.class.getPackage().getName() + " " + other.getLayer().equals(ModuleLayer.boot()));
    attempt("descriptor", () -> new TreeSet<>(other.getDescriptor().exports()) + " " + new TreeSet<>(other.getDescriptor().provides()));
    attempt("trace", () -> { try { lib.Greeter.fail(); return ""; } catch (IllegalStateException e) { return e.getStackTrace()[0]; } });
    m.addReads(Main.class.getClassLoader().getUnnamedModule());
    attempt("add exports", () -> { m.addExports("app.open", other); return m.isExported("app.open", other); });
    attempt("caller", () -> { other.addExports("lib.hidden", m); return ""; });
    attempt("no package", () -> { m.addExports("none", other); return ""; });
  }
}""",
    "app/app/open/Data.java": "package app.open; public class Data { private int secret = 42; }",
    "app/app/open/text.txt": "resource text\n",
    "lib/module-info.java": """module lib { exports lib; exports lib.friend to app; uses lib.Greeter; provides lib.Greeter with lib.hidden.Plain; }""",
    "lib/lib/Greeter.java": """package lib; public interface Greeter { String OPEN = new String("open"); String greet();
  static void fail() { throw new IllegalStateException("lib"); } class Nested { } String KEY = "key"; }""",
    "lib/lib/hidden/Plain.java": """package lib.hidden; public class Plain implements lib.Greeter { public String greet() { return "plain"; } }""",
    "lib/lib/hidden/Secret.java": "package lib.hidden; public class Secret { public Secret() {} }",
    "lib/lib/friend/Friend.java": """package lib.friend; public class Friend { @Override public String toString() { return "friend"; } }""",
    "lib/lib/closed/text.txt": "closed\n",
    "lib/lib/closed/C.java": "package lib.closed; class C {}",
    "fancy/module-info.java": "module fancy { requires lib; provides lib.Greeter with fancy.Fancy; }",
    "fancy/fancy/Fancy.java": """package fancy; public class Fancy { public static lib.Greeter provider() { return () -> "fancy"; } }""",
    "layers/module-info.java": "module layers { requires lib; uses lib.Greeter; }",
    "layers/layers/Main.java": """package layers;
import java.lang.module.*;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
public class Main {
  public static void main(String[] args) throws Exception {
    ModuleFinder f = ModuleFinder.of(Path.of(args[0]));
    ModuleLayer boot = ModuleLayer.boot();
    Configuration c = boot.configuration().resolveAndBind(f, ModuleFinder.of(), Set.of("plug"));
    System.out.println(c.modules().stream().map(ResolvedModule::name).sorted().collect(Collectors.toList()) + " " + c.parents().size());
    ModuleLayer one = boot.defineModulesWithOneLoader(c, ClassLoader.getSystemClassLoader());
    ModuleLayer many = boot.defineModulesWithManyLoaders(c, ClassLoader.getSystemClassLoader());
    Class<?> a = one.findLoader("plug").loadClass("plug.Plug"), b = many.findLoader("plug").loadClass("plug.Plug");
    System.out.println((a == b) + " " + a.getModule() + " " + (a.getModule().getLayer() == one) + " " + one.findModule("lib").isPresent());
    for (ModuleLayer l : List.of(one, many)) {
      for (lib.Greeter g : ServiceLoader.load(l, lib.Greeter.class)) System.out.println(g.greet());
    }
    ModuleLayer.Controller ctl = ModuleLayer.defineModulesWithOneLoader(c, List.of(boot), ClassLoader.getSystemClassLoader());
    Module p = ctl.layer().findModule("plug").get();
    Class<?> hidden = Class.forName(p, "plug.Plug");
    try { hidden.getDeclaredConstructor().newInstance(); } catch (IllegalAccessException e) { System.out.println(e.getMessage()); }
    ctl.addExports(p, "plug", Main.class.getModule());
    System.out.println(((lib.Greeter) hidden.getDeclaredConstructor().newInstance()).greet());
    try { Configuration.empty().resolve(f, ModuleFinder.of(), Set.of("plug")); } catch (FindException e) { System.out.println(e.getMessage().replaceAll("lib|java.base", "M")); }
    try { boot.configuration().resolve(f, ModuleFinder.of(), Set.of("absent")); } catch (FindException e) { System.out.println(e.getMessage()); }
    ModuleDescriptor d = ModuleDescriptor.newModule("made").packages(Set.of("m.p")).exports("m.p").requires("java.base").version("1.2").build();
    System.out.println(d.toNameAndVersion() + " " + d.exports() + " " + ModuleDescriptor.Version.parse("1.10").compareTo(ModuleDescriptor.Version.parse("1.9")));
    System.out.println(f.find("plug").get().descriptor().requires().stream().map(r -> r.name()).sorted().collect(Collectors.toList()));
    try (ModuleReader r = f.find("plug").get().open()) { System.out.println(r.list().sorted().collect(Collectors.toList())); }
    StackTraceElement e = (StackTraceElement) hidden.getMethod("where").invoke(null);
    System.out.println(e + " " + e.getModuleName() + " " + e.getClassLoaderName());
  }
}""",
    "plug/module-info.java": "module plug { requires lib; provides lib.Greeter with plug.Plug; }",
    "plug/plug/Plug.java": """package plug; public class Plug implements lib.Greeter { public String greet() { return "plug in " + getClass().getModule().getName(); }
  public static StackTraceElement where() { return new Throwable().getStackTrace()[0]; } }""",
    "auto/auto/Tool.java": """package auto; public class Tool { public static void main(String[] a) { Module m = Tool.class.getModule();
  System.out.println(m + " " + m.getDescriptor().isAutomatic() + " " + m.canRead(Tool.class.getClassLoader().getUnnamedModule()) + " " + m.isOpen("auto")); } }""",
    "classpath/Old.java": """import java.lang.reflect.*;
public class Old { public static void main(String[] args) throws Exception {
  System.out.println(Old.class.getModule() + " " + Old.class.getModule().isNamed());
  for (String s : new String[] {"java.sql.Date", "java.net.http.HttpClient", "com.sun.tools.javac.Main", "lib.Greeter"}) {
    try { System.out.println(s + " " + Class.forName(s).getModule().getName()); } catch (ClassNotFoundException e) { System.out.println(s + " not found"); } }
  try { Field f = String.class.getDeclaredField("value"); f.setAccessible(true); System.out.println("open " + f.getType().getSimpleName()); }
  catch (InaccessibleObjectException e) { System.out.println(e.getMessage().replaceAll("@[0-9a-f]+", "@")); }
  try { System.out.println(Class.forName("java.util.Optional").getMethod("patched").invoke(null)); } catch (NoSuchMethodException e) { System.out.println(e.getMessage()); }
} }""",
    "patch/java/util/Patched.java": "package java.util; public class Patched { public static String hi() { return \"patched in\"; } }",
    "classpath/UsesPatch.java": """public class UsesPatch { public static void main(String[] a) throws Exception { Class<?> c = Class.forName("java.util.Patched");
  System.out.println(c.getMethod("hi").invoke(null) + " " + c.getModule() + " " + c.getClassLoader()); } }""",
}


def say(title, done):
    print(f"== {title}: {done.returncode}")
    for text, mark in ((done.stdout, ""), (done.stderr, "! ")):
        for line in text.splitlines():
            print(mark + re.sub(r"@[0-9a-f]{5,8}\b", "@HASH", line.replace(os.getcwd(), "CWD")))


def main(java):
    home = pathlib.Path(os.path.realpath(shutil.which("javac"))).parent.parent
    environment = {k: v for k, v in os.environ.items() if k not in ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH")}

    def run(title, *arguments):
        say(title, subprocess.run([java, *arguments], capture_output=True, text=True, timeout=100, env=environment))

    def javac(*arguments):
        subprocess.run([home / "bin/javac", "-nowarn", *arguments], check=True, env=environment)

    for name, text in SOURCES.items():
        path = pathlib.Path("src", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    files = [n for n in SOURCES if n.endswith(".java")]
    modular = [f"src/{n}" for n in files if n.split("/")[0] in ("app", "lib", "fancy", "layers", "plug")]
    javac("--module-source-path", "src", "-d", "mods", *modular)
    shutil.copy("src/app/app/open/text.txt", "mods/app/app/open/text.txt")
    shutil.copy("src/lib/lib/closed/text.txt", "mods/lib/lib/closed/text.txt")
    os.mkdir("plugs")
    shutil.move("mods/plug", "plugs/plug")
    os.mkdir("extra")
    shutil.move("mods/fancy", "extra/fancy")
    javac("-d", "classes", *(f"src/{n}" for n in files if n.startswith("classpath/")))
    javac("-d", "autoclasses", "src/auto/auto/Tool.java")
    javac("--patch-module", "java.base=src/patch", "-d", "patched", "src/patch/java/util/Patched.java")
    jar = home / "bin/jar"
    subprocess.run([jar, "--create", "--file", "my-tool-1.3.jar", "-C", "autoclasses", "."], check=True)
    subprocess.run([jar, "--create", "--file", "app.jar", "--main-class", "app.Main", "-C", "mods/app", "."], check=True)

    subprocess.run([jar, "--create", "--file", "old.jar", "-C", "classes", "Old.class"], check=True)
    subprocess.run([jar, "--create", "--file", "patch.jar", "-C", "patched", "."], check=True)

    run("two modules", "-p", "mods", "-m", "app/app.Main")
    run("a provider found on the path", "-p", "mods:extra", "-m", "app/app.Main")
    run("main class of a jar", "-p", "app.jar:mods/lib", "-m", "app")
    run("opened from outside", "-p", "mods", "--add-opens", "java.base/java.util=app", "--add-exports", "lib/lib.hidden=app",
        "--add-opens", "lib/lib=app", "-m", "app/app.Main")
    run("layers", "-p", "mods", "-m", "layers/layers.Main", "plugs")
    run("automatic", "-p", "my-tool-1.3.jar", "-m", "my.tool/auto.Tool")
    run("class path", "-cp", "classes", "Old")
    run("add modules", "-cp", "classes", "-p", "mods", "--add-modules", "lib,jdk.compiler", "Old")
    run("limit modules", "-cp", "classes", "--limit-modules", "java.base", "--add-opens", "java.base/java.lang=ALL-UNNAMED", "Old")
    run("patch", "-cp", "classes", "--patch-module", "java.base=nowhere:patched", "UsesPatch")
    run("patch by a jar", "-cp", "classes", "--patch-module", "java.base=patch.jar", "UsesPatch")
    run("appended boot class path", "-Xbootclasspath/a:nowhere:old.jar", "-Xbootclasspath/a:more", "-cp", "none", "Old")
    run("no such module", "-p", "mods", "-m", "absent/x.Y")
    run("no such class", "-p", "mods", "-m", "app/app.Absent")
    run("no main class", "-p", "mods", "-m", "app")
    run("missing dependency", "-p", "mods/app", "-m", "app/app.Main")
    run("bad add-modules", "-cp", "classes", "--add-modules", "nowhere", "Old")
    run("unknown in add-exports", "-cp", "classes", "--add-exports", "nowhere/x=ALL-UNNAMED", "UsesPatch")
    run("malformed add-opens", "-cp", "classes", "--add-opens", "java.base", "Old")
    run("describe", "-p", "mods", "--describe-module", "lib")
    run("validate", "-p", "mods", "--validate-modules")
    run("dry run", "-p", "mods", "--dry-run", "-m", "app/app.Main")


if __name__ == "__main__":
    command = os.path.abspath(sys.argv[1]) if os.sep in sys.argv[1] else sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        main(command)
