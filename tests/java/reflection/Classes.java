// Class objects: names, kinds, hierarchy, enclosing, nest mates, arrays, primitives, records,
// sealed, packages, casts.
import java.lang.reflect.*;
import java.util.*;

public class Classes {
  sealed interface Shape permits Circle, Square {}
  record Circle(double r) implements Shape {}
  record Square(@Deprecated int side, List<String> names) implements Shape {}
  enum Color { RED, GREEN { } }
  @interface Note {}
  class Inner {
    class Deeper {}
  }
  static abstract class Abs implements Comparable<Abs>, java.io.Serializable {}
  private static final class Hidden extends Abs {
    public int compareTo(Abs o) {
      return 0;
    }
  }

  static void describe(Class<?> c) {
    System.out.println(c + " | " + c.getName() + " | " + c.getSimpleName() + " | " + c.getCanonicalName() + " | "
        + c.getTypeName() + " | "
        + Modifier.toString(c.getModifiers()) + " | " + c.getSuperclass() + " | " + Arrays.toString(c.getInterfaces())
        + " | " + c.getPackageName()
        + " | " + c.descriptorString() + (c.isInterface() ? " interface" : "") + (c.isArray() ? " array" : "")
        + (c.isPrimitive() ? " primitive" : "")
        + (c.isEnum() ? " enum" : "") + (c.isRecord() ? " record" : "") + (c.isSealed() ? " sealed" : "")
        + (c.isAnnotation() ? " annotation" : "")
        + (c.isMemberClass() ? " member" : "") + (c.isLocalClass() ? " local" : "")
        + (c.isAnonymousClass() ? " anonymous" : "")
        + (c.isSynthetic() ? " synthetic" : ""));
  }

  static String attempt(java.util.concurrent.Callable<?> c) {
    try {
      return String.valueOf(c.call());
    } catch (Exception e) {
      return e.getClass().getSimpleName() + " " + e.getMessage();
    }
  }

  public static void main(String[] args) throws Exception {
    class Local {}
    Object anon = new Object() {};
    Runnable lambda = () -> {};
    for (Class<?> c : new Class<?>[] {Classes.class, Shape.class, Circle.class, Color.class, Color.GREEN.getClass(),
        Note.class, Inner.Deeper.class, Abs.class,
        Hidden.class, Local.class, anon.getClass(), int.class, void.class, int[].class, String[][].class, Local[].class,
            Map.Entry.class, Object.class}) {
      describe(c);
    }
    System.out.println(lambda.getClass().isHidden() + " " + lambda.getClass().getCanonicalName() + " "
        + lambda.getClass().isSynthetic());
    System.out.println(Arrays.toString(Shape.class.getPermittedSubclasses()) + " "
        + Arrays.toString(Abs.class.getPermittedSubclasses()));
    for (RecordComponent rc : Square.class.getRecordComponents()) {
      System.out.println(rc + " " + rc.getGenericType() + " " + rc.getAccessor() + " "
          + Arrays.toString(rc.getAnnotations()));
    }
    Class<?>[] nest = Classes.class.getNestMembers();
    System.out.println(nest.length + " " + nest[0] + " " + Inner.Deeper.class.getNestHost() + " "
        + Inner.class.isNestmateOf(Hidden.class) + " "
        + String.class.isNestmateOf(Classes.class));
    Class<?>[] declared = Classes.class.getDeclaredClasses();
    Arrays.sort(declared, Comparator.comparing(Class::getName));
    System.out.println(Arrays.toString(declared) + " " + Classes.class.getClasses().length);
    System.out.println(Local.class.getEnclosingMethod() + " " + anon.getClass().getEnclosingClass() + " "
        + Inner.Deeper.class.getDeclaringClass() + " "
        + Local.class.getDeclaringClass() + " " + Local.class.getEnclosingConstructor());
    System.out.println(Number.class.isAssignableFrom(Integer.class) + " " + int.class.isAssignableFrom(Integer.class)
        + " "
        + Object[].class.isAssignableFrom(String[].class) + " " + Object.class.isAssignableFrom(int[].class) + " "
        + Abs.class.isInstance(new Hidden())
        + " " + Cloneable.class.isAssignableFrom(long[].class));
    for (String n : new String[] {"java.lang.String", "[I", "[[Ljava.lang.String;", "Classes$Inner", "Classes.Inner",
        "int", "[V", "L;", "", "[Lint;"}) {
      System.out.println(n + " -> " + attempt(() -> Class.forName(n)));
    }
    System.out.println(attempt(() -> Class.forName(null)) + " " + attempt(() -> Color.class.getEnumConstants()[1]) + " "
        + attempt(() -> Abs.class.getEnumConstants()) + " " + attempt(() -> Class.forName("java.util.List", false, null)
            .getModule()));
    Object ints = Array.newInstance(int.class, 3), grid = Array.newInstance(String.class, 2, 3),
        deep = Array.newInstance(int[].class, 1);
    Array.setInt(ints, 1, 5);
    Array.set(ints, 2, (short) 7);
    System.out.println(Arrays.toString((int[]) ints) + " " + Array.getLength(grid) + " " + grid.getClass().getName()
        + " " + deep.getClass().getName() + " "
        + Array.getLong(ints, 1) + " " + attempt(() -> { Array.setLong(ints, 0, 1L); return 1; }) + " "
        + attempt(() -> { Array.set(ints, 0, "s"); return 1; })
        + " " + attempt(() -> Array.newInstance(int.class, new int[256])) + " "
        + attempt(() -> { Array.set(new String[1], 0, 5); return 1; }));
    System.out.println(int.class.arrayType() + " " + int[][].class.componentType() + " " + String.class.componentType()
        + " " + Integer.TYPE + " "
        + (int.class == Integer.TYPE) + " " + Classes.class.getPackage().getName().isEmpty() + " "
        + String.class.getModule() + " " + Classes.class.getModule().isNamed()
        + " " + String.class.getClassLoader() + " " + Classes.class.getProtectionDomain().getClass().getSimpleName()
        + " " + int.class.getModule());
    Module base = Object.class.getModule();
    System.out.println(base.isExported("java.util") + " " + base.isExported("jdk.internal.misc") + " "
        + base.isOpen("java.lang") + " " + base.getDescriptor().name()
        + " " + Classes.class.getModule().canRead(base) + " " + base.getPackages().contains("java.lang.invoke") + " "
        + ModuleLayer.boot().findModule("java.logging").isPresent());
    System.out.println(attempt(() -> ((Class<?>) Color.class).getField("RED").isEnumConstant()) + " "
        + attempt(() -> Circle.class.getDeclaredConstructor(double.class).newInstance(2.0))
        + " " + attempt(() -> Color.class.getDeclaredConstructors()[0].newInstance("X", 3)) + " "
        + Color.class.getDeclaredMethod("valueOf", String.class)
        + " " + new Hidden().getClass().desiredAssertionStatus() + " " + Classes.class.getSigners());
  }
}
