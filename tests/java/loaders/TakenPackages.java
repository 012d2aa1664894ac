import java.io.*;
import java.lang.module.*;
import java.nio.file.Path;
import java.util.*;

/** A package that a loader has classes of is the unnamed module's, and a module that has it cannot be defined there. */
public class TakenPackages {
    static class Maker extends ClassLoader {
        Class<?> make(String name) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(0xcafebabe);
            out.writeInt(61);
            out.writeShort(5);
            for (String s : new String[] {name.replace('.', '/'), "java/lang/Object"}) {
                out.writeByte(1);
                out.writeUTF(s);
            }
            for (int i = 1; i <= 2; i++) {
                out.writeByte(7);
                out.writeShort(i);
            }
            for (int u : new int[] {0x21, 3, 4, 0, 0, 0, 0}) {
                out.writeShort(u);
            }
            return defineClass(name, bytes.toByteArray(), 0, bytes.size());
        }
    }

    static ModuleFinder finderOf(String name, String pack) {
        ModuleDescriptor d = ModuleDescriptor.newModule(name).requires("java.base").packages(Set.of(pack)).build();
        ModuleReference r = new ModuleReference(d, null) {
            @Override
            public ModuleReader open() {
                throw new UnsupportedOperationException();
            }
        };
        return new ModuleFinder() {
            @Override
            public Optional<ModuleReference> find(String wanted) {
                return wanted.equals(name) ? Optional.of(r) : Optional.empty();
            }

            @Override
            public Set<ModuleReference> findAll() {
                return Set.of(r);
            }
        };
    }

    static void define(ClassLoader loader, String name, String pack) {
        try {
            Configuration c = ModuleLayer.boot().configuration()
                .resolve(finderOf(name, pack), ModuleFinder.of(), Set.of(name));
            System.out.println(ModuleLayer.boot().defineModules(c, n -> loader).modules());
        } catch (LayerInstantiationException e) {
            System.out.println(e.getMessage());
        }
    }

    public static void main(String[] args) throws Exception {
        Maker loader = new Maker();
        Class<?> c = loader.make("taken.C");
        System.out.println(c.getPackageName() + " " + c.getModule().isNamed());
        define(loader, "m", "taken");
        define(loader, "n", "free");
        define(loader, "o", "free");
        System.out.println(loader.make("free.C").getModule() + " " + loader.make("taken.D").getModule().isNamed());
    }
}
