// Method handles: find*, invokeExact against invoke, conversions, varargs collectors, errors.
import java.lang.invoke.*;
import java.util.Arrays;
import java.util.List;

public class Handles {
  private int count = 3;
  static String label = "L";
  final long fixed = 9;

  Handles() {}

  Handles(int c) {
    count = c;
  }

  static int add(int a, int b) {
    return a + b;
  }

  private String hidden(String s, long l) {
    return s + l + count;
  }

  static String all(boolean z, byte b, char c, short s, int i, long l, float f, double d, Object o) {
    return z + "," + b + "," + c + "," + s + "," + i + "," + l + "," + f + "," + d + "," + o;
  }

  static String va(String a, int... rest) {
    return a + Arrays.toString(rest);
  }

  static void fails() {
    throw new IllegalStateException("from target");
  }

  static class Sub extends Handles {
    @Override
    public String toString() {
      return "sub";
    }

    static MethodHandle superToString() throws ReflectiveOperationException {
      return MethodHandles.lookup().findSpecial(Handles.class, "toString", MethodType.methodType(String.class),
          Sub.class);
    }
  }

  @Override
  public String toString() {
    return "handles" + count;
  }

  interface Code {
    Object run() throws Throwable;
  }

  static void show(Code c) {
    try {
      System.out.println(c.run());
    } catch (Throwable t) {
      System.out.println(t.getClass().getSimpleName() + ": " + String.valueOf(t.getMessage())
          .replaceAll("@[0-9a-f]+", "@"));
    }
  }

  public static void main(String[] args) throws Throwable {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle add = lookup.findStatic(Handles.class, "add", MethodType.methodType(int.class, int.class, int.class));
    int exact = (int) add.invokeExact(2, 3);
    System.out.println(exact + " " + add.type() + " " + (long) add.invoke((short) 4, 'a') + " "
        + (Object) add.invoke((Object) 1, (Integer) 2)
        + " " + add.invokeWithArguments(5, 6) + " " + add.invokeWithArguments(List.of(7, 8)));
    show(() -> (Object) add.invokeExact(1, 2));
    show(() -> (int) add.invokeExact(1, (short) 2));
    show(() -> add.invoke(1L, 2));
    show(() -> add.invoke("a", 2));
    show(() -> add.invoke((Object) "a", 2));
    show(() -> add.invoke(1));
    show(() -> add.invoke((Object) null, 2));
    MethodHandle hidden = lookup.findVirtual(Handles.class, "hidden", MethodType.methodType(String.class, String.class,
        long.class));
    show(() -> (String) hidden.invokeExact(new Handles(), "h", 5L));
    show(() -> hidden.invoke(new Handles(8), "i", 5));
    show(() -> hidden.bindTo(new Handles(4)).invoke("b", 1));
    show(() -> hidden.invoke((Handles) null, "n", 1L));
    MethodHandle ctor = lookup.findConstructor(Handles.class, MethodType.methodType(void.class, int.class));
    show(() -> ((Handles) ctor.invokeExact(12)).count);
    show(() -> lookup.findGetter(Handles.class, "count", int.class).invoke(new Handles(5)));
    show(() -> {
      lookup.findStaticSetter(Handles.class, "label", String.class).invokeExact("M");
      return (String) lookup.findStaticGetter(Handles.class, "label", String.class).invokeExact();
    });
    show(() -> lookup.findSetter(Handles.class, "fixed", long.class));
    show(() -> (String) Sub.superToString().invoke(new Sub()) + new Sub());
    show(() -> lookup.findVirtual(Object.class, "toString", MethodType.methodType(String.class))
        .invoke((Object) new Sub()));
    show(() -> lookup.findVirtual(CharSequence.class, "length", MethodType.methodType(int.class)).invoke("four"));
    show(() -> lookup.findStatic(Handles.class, "absent", MethodType.methodType(void.class)));
    show(() -> lookup.findVirtual(Handles.class, "add", add.type()));
    show(() -> MethodHandles.publicLookup().findVirtual(Handles.class, "hidden", hidden.type()
        .dropParameterTypes(0, 1)));
    MethodHandle many = lookup.unreflect(Arrays.stream(Handles.class.getDeclaredMethods())
        .filter(m -> m.getName().equals("all")).findFirst().get());
    show(() -> (String) many.invokeExact(true, (byte) -1, 'c', (short) 2, 3, 4L, 5f, 6d, (Object) "o"));
    show(() -> many.invokeWithArguments(false, (byte) 9, 'd', (short) 8, 7, 6L, 5f, 4d, null));
    show(() -> many.asSpreader(2, Object[].class, 4).invoke(true, (byte) 1, new Object[] {(short) 3, 4, 5L, 6f}, 7d,
        "z"));
    MethodHandle va = lookup.findStatic(Handles.class, "va", MethodType.methodType(String.class, String.class,
        int[].class));
    show(() -> va.invoke("v") + "" + va.invoke("v", 1) + va.invoke("v", 1, 2, 3) + va.invoke("v", new int[] {9})
        + va.isVarargsCollector());
    show(() -> va.asFixedArity().invoke("v", 1));
    show(() -> (String) va.asCollector(int[].class, 2).invokeExact("c", 5, 6));
    show(() -> lookup.findStatic(Handles.class, "fails", MethodType.methodType(void.class)).invoke());
    show(() -> va.asType(MethodType.methodType(Object.class, Object.class, Object.class)).type());
    show(() -> va.asType(MethodType.methodType(int.class, String.class)).type());
    show(() -> MethodHandles.lookup().revealDirect(add));
    show(() -> MethodType.fromMethodDescriptorString("(I[JLjava/lang/String;)V", null) + " "
        + MethodType.genericMethodType(2, true).toMethodDescriptorString() + " " + MethodType.methodType(int.class)
            .wrap());
    show(() -> lookup.in(String.class).lookupModes() + " " + lookup.lookupClass().getSimpleName() + " "
        + lookup.hasFullPrivilegeAccess());
    show(() -> MethodHandles.arrayElementGetter(int[].class).invoke(new int[] {5, 6}, 1));
    show(() -> MethodHandles.arrayElementGetter(int[].class).invoke(new int[] {5, 6}, 2));
    show(() -> (int) MethodHandles.arrayLength(long[].class).invoke(new long[4])
        + ((Object[]) MethodHandles.arrayConstructor(String[].class).invoke(3)).length);
    long sum = 0;
    for (int i = 0; i < 2000; i++) sum += (int) add.invokeExact(i, 1);
    System.out.println(sum);
  }
}
