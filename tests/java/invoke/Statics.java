// Static fields through what the library knows them by: Unsafe's base and offset, var handles in all modes and as constants, method handles, reflection; the base is an object like others, and all stay in place over collections.
import java.lang.constant.*;
import java.lang.invoke.*;
import java.lang.reflect.*;
import java.util.*;

public class Statics {
  static boolean z = true;
  static byte b = 1;
  static short s = 2;
  static char c = 'c';
  static int i = 3;
  static volatile long j = 4;
  static float f = 5.5f;
  static double d = 6.5;
  static String t = "t";
  static final long FIXED = 7;
  static int[] a = {8};
  int own = 9;

  interface Has {
    Object IN_INTERFACE = new Object[1];
  }

  static class Later {
    static int x = 5;

    static {
      System.out.println("Later is initialised");
    }
  }

  public static void main(String[] args) throws Throwable {
    Field theUnsafe = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
    theUnsafe.setAccessible(true);
    sun.misc.Unsafe u = (sun.misc.Unsafe) theUnsafe.get(null);
    Object[] initialised = (Object[]) Has.IN_INTERFACE;
    List<Object> bases = new ArrayList<>();
    for (String n : List.of("z", "b", "s", "c", "i", "j", "f", "d", "t", "a")) bases.add(u.staticFieldBase(Statics.class.getDeclaredField(n)));
    System.out.println(new HashSet<>(bases).size() + " " + (bases.get(0) == bases.get(9)) + " " + bases.contains(null) + " " + (bases.get(0).hashCode() == bases.get(1).hashCode()) + " " + bases.get(0).equals("x") + " " + (bases.get(0).getClass() != null) + " " + (bases.get(0) instanceof Runnable)
        + " " + bases.get(0).toString().isEmpty());
    for (int round = 0; round < 3; round++) {
      Object base = bases.get(0);
      u.putInt(base, u.staticFieldOffset(Statics.class.getDeclaredField("i")), 30 + round);
      u.putObject(base, u.staticFieldOffset(Statics.class.getDeclaredField("t")), new String("new " + round));
      u.putDoubleVolatile(base, u.staticFieldOffset(Statics.class.getDeclaredField("d")), round / 2.0);
      u.putByte(base, u.staticFieldOffset(Statics.class.getDeclaredField("b")), (byte) -round);
      System.gc();
      System.out.println(i + " " + t + " " + d + " " + b + " " + u.getObjectVolatile(base, u.staticFieldOffset(Statics.class.getDeclaredField("t"))) + " " + u.getAndAddLong(base, u.staticFieldOffset(Statics.class.getDeclaredField("j")), 10) + " " + u.compareAndSwapInt(base, u.staticFieldOffset(Statics.class.getDeclaredField(
          "i")), 30 + round, 50) + " " + i + " " + ((Object[]) u.getObject(u.staticFieldBase(Has.class.getField("IN_INTERFACE")), u.staticFieldOffset(Has.class.getField("IN_INTERFACE")))).length + " " + initialised.length);
    }
    MethodHandles.Lookup l = MethodHandles.lookup();
    Map<String, Class<?>> types = new LinkedHashMap<>();
    for (Field x : Statics.class.getDeclaredFields()) if (Modifier.isStatic(x.getModifiers())) types.put(x.getName(), x.getType());
    for (Map.Entry<String, Class<?>> e : types.entrySet()) {
      VarHandle v = l.findStaticVarHandle(Statics.class, e.getKey(), e.getValue());
      VarHandle.VarHandleDesc desc = v.describeConstable().get();
      VarHandle again = desc.resolveConstantDesc(l);
      System.out.println(desc + " " + desc.varType().displayName() + " " + again.varType().getSimpleName() + " " + again.isAccessModeSupported(VarHandle.AccessMode.SET) + " " + again.coordinateTypes() + " " + (e.getValue().isArray() ? ((int[]) again.get())[0] : String.valueOf((Object) again.get())).equals("x"));
    }
    VarHandle vi = l.findStaticVarHandle(Statics.class, "i", int.class);
    vi.set(1);
    System.out.println((int) vi.getAndAdd(5) + " " + vi.compareAndSet(6, 7) + " " + vi.weakCompareAndSetPlain(9, 1) + " " + (int) vi.getAcquire() + " " + i + " " + l.findVarHandle(Statics.class, "own", int.class).describeConstable().get());
    VarHandle vt = l.findStaticVarHandle(Statics.class, "t", String.class);
    System.out.println((String) vt.getAndSet("u") != null ? vt.compareAndExchange("u", "v") + t : "");
    try {
      l.findStaticVarHandle(Statics.class, "FIXED", long.class).set(1L);
    } catch (UnsupportedOperationException e) {
      System.out.println("final");
    }
    VarHandle later = l.findStaticVarHandle(Later.class, "x", int.class);
    System.out.println("found");
    System.out.println((int) later.get() + " " + (int) l.findStaticGetter(Later.class, "x", int.class).invokeExact());
    MethodHandle set = l.findStaticSetter(Statics.class, "f", float.class);
    set.invoke(2);
    Field jf = Statics.class.getDeclaredField("j");
    jf.setLong(null, jf.getLong(null) * 2);
    System.out.println(f + " " + j + " " + jf.get(null));
  }
}
