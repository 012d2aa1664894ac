// Layers of modules, proxies in modules of their own and loggers of unloading: all of it goes with its loader.
// modes: default,moving,verify
// timeout: 200
import java.io.*;
import java.lang.module.*;
import java.lang.ref.*;
import java.lang.reflect.*;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.*;
import java.util.stream.*;

public class Layers {
  interface Hidden { // package-private: a proxy of it is in a module made for it, or in its package
    String say();
  }

  /** One module in memory: package p with a copy of each class in it, named p/... */
  static ModuleReference module(String name, Map<String, byte[]> classes) {
    ModuleDescriptor d = ModuleDescriptor.newModule(name).packages(Set.of("p")).exports("p").build();
    return new ModuleReference(d, URI.create("memory:" + name)) {
      @Override
      public ModuleReader open() {
        return new ModuleReader() {
          public Optional<URI> find(String n) {
            return classes.containsKey(n) ? Optional.of(URI.create("memory:" + n)) : Optional.empty();
          }

          @Override
          public Optional<ByteBuffer> read(String n) {
            return Optional.ofNullable(classes.get(n)).map(ByteBuffer::wrap);
          }

          public Stream<String> list() {
            return classes.keySet().stream();
          }

          public void close() {}
        };
      }
    };
  }

  static ModuleFinder finder(ModuleReference r) {
    return new ModuleFinder() {
      public Optional<ModuleReference> find(String n) {
        return n.equals(r.descriptor().name()) ? Optional.of(r) : Optional.empty();
      }

      public Set<ModuleReference> findAll() {
        return Set.of(r);
      }
    };
  }

  static ModuleLayer.Controller layer(String name) throws IOException {
    ModuleFinder f = finder(module(name, Map.of("p/I.class", anInterface())));
    Configuration c = ModuleLayer.boot().configuration().resolve(f, ModuleFinder.of(), Set.of(name));
    return ModuleLayer.defineModulesWithOneLoader(c, List.of(ModuleLayer.boot()), ClassLoader.getSystemClassLoader());
  }

  /** public interface p.I { int get(); } */
  static byte[] anInterface() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream o = new DataOutputStream(bytes);
    o.writeInt(0xCAFEBABE);
    o.writeInt(52);
    String[] texts = {"p/I", "java/lang/Object", "get", "()I"};
    o.writeShort(1 + texts.length + 2);
    for (String s : texts) {
      o.writeByte(1);
      o.writeUTF(s);
    }
    for (int i = 1; i <= 2; i++) {
      o.writeByte(7);
      o.writeShort(i);
    }
    for (int s : new int[] {0x601, 5, 6, 0, 0, 1, 0x401, 3, 4, 0, 0}) o.writeShort(s);
    return bytes.toByteArray();
  }

  static final ModuleLayer.Controller LIVE = live();

  static ModuleLayer.Controller live() {
    try {
      return layer("live");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static final List<Reference<?>> REFS = new ArrayList<>();

  static int make(int i) throws Exception {
    ModuleLayer.Controller c = layer("m" + i % 3);
    Module m = c.layer().findModule("m" + i % 3).get(), live = LIVE.layer().findModule("live").get();
    LIVE.addReads(live, m).addExports(live, "p", m).addOpens(live, "p", m);
    c.addReads(m, live).addExports(m, "p", live);
    Class<?> k = m.getClassLoader().loadClass("p.I");
    Object proxy = Proxy.newProxyInstance(m.getClassLoader(), new Class<?>[] {k}, (p, method, a) -> 40 + method.getName().length());
    REFS.add(new WeakReference<>(m));
    REFS.add(new WeakReference<>(m.getClassLoader()));
    REFS.add(new WeakReference<>(proxy.getClass()));
    Hidden hidden = (Hidden) Proxy.newProxyInstance(Layers.class.getClassLoader(), new Class<?>[] {Hidden.class}, (p, method, a) -> "x");
    return (Integer) k.getMethod("get").invoke(proxy) + (live.canRead(m) && live.isOpen("p", m) && k.getModule() == m ? 1 : 0)
        + hidden.say().length();
  }

  static long there() {
    return REFS.stream().filter(r -> r.get() != null).count();
  }

  public static void main(String[] args) throws Exception {
    int sum = 0;
    for (int i = 0; i < 30; i++) {
      sum += make(i);
      if (i % 10 == 9) System.gc();
    }
    for (int i = 0; i < 60 && there() > 0; i++) {
      System.gc();
      Thread.sleep(2);
    }
    System.out.println(sum + " " + REFS.size() + " " + there());
    sum = 0;
    for (int i = 0; i < 5; i++) sum += make(i);
    System.out.println(sum + " " + LIVE.layer().findModule("live").get().getClassLoader().loadClass("p.I").getName());
  }
}
