import java.lang.invoke.*;

/** findSpecial: which methods invokespecial of a class may name, and which it then runs. */
public class Special {
    interface Named {
        String name();

        default String greeting() {
            return "hello";
        }
    }

    abstract static class Top {
        abstract String part();

        String whole() {
            return "top";
        }
    }

    static class Middle extends Top implements Named {
        @Override
        String part() {
            return "middle's part";
        }

        @Override
        public String name() {
            return "middle";
        }

        @Override
        String whole() {
            return "middle's whole";
        }

        static MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }
    }

    static class Bottom extends Middle {
        @Override
        String part() {
            return "bottom's part";
        }

        @Override
        String whole() {
            return "bottom's whole";
        }

        static MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }
    }

    static void find(MethodHandles.Lookup lookup, Class<?> in, String name, Class<?> caller, Object receiver) {
        System.out.print(caller.getSimpleName() + " " + in.getSimpleName() + "." + name + ": ");
        try {
            MethodHandle h = lookup.findSpecial(in, name, MethodType.methodType(String.class), caller);
            System.out.println(h + " " + h.invoke(receiver));
        } catch (Throwable t) {
            System.out.println(t + "; " + t.getCause());
        }
    }

    public static void main(String[] args) {
        MethodHandles.Lookup middle = Middle.lookup(), bottom = Bottom.lookup();
        find(middle, Named.class, "name", Middle.class, new Middle());
        find(middle, Named.class, "greeting", Middle.class, new Middle());
        find(middle, Top.class, "part", Middle.class, new Middle());
        find(middle, Top.class, "whole", Middle.class, new Middle());
        find(middle, Middle.class, "whole", Middle.class, new Middle());
        find(bottom, Top.class, "part", Bottom.class, new Bottom());
        find(bottom, Top.class, "whole", Bottom.class, new Bottom());
        find(bottom, Named.class, "name", Bottom.class, new Bottom());
        find(bottom, Named.class, "greeting", Bottom.class, new Bottom());
        find(bottom, Top.class, "missing", Bottom.class, new Bottom());
        find(bottom, Object.class, "toString", Bottom.class, "no Bottom");
    }
}
