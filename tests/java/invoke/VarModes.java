// Every access mode of VarHandles over fields, statics, arrays, byte views and buffers: results, what is unsupported, wrong types and bounds.
import java.lang.invoke.*;
import java.lang.invoke.VarHandle.AccessMode;
import java.nio.*;
import java.util.*;

public class VarModes {
  boolean z;
  byte b = 1;
  short s = 2;
  char c = 'c';
  int i = 3;
  long l = 4;
  float f = 5;
  double d = 6;
  String o = "o";
  final int fin = 7;
  static volatile int st = 8;

  static void walk(String what, VarHandle h, Object x, Object y, Object... place) {
    StringBuilder sb = new StringBuilder(what + " " + h.varType().getSimpleName() + ":");
    for (AccessMode m : AccessMode.values()) {
      if (!h.isAccessModeSupported(m)) continue;
      MethodType t = h.accessModeType(m);
      List<Object> args = new ArrayList<>(Arrays.asList(place));
      int values = t.parameterCount() - place.length;
      if (values == 2) args.add(x);
      if (values >= 1) args.add(values == 2 ? y : x);
      try {
        Object r = h.toMethodHandle(m).invokeWithArguments(args);
        sb.append(' ').append(m.methodName()).append('=').append(r instanceof Character c ? (Object) (int) c : r);
      } catch (Throwable e) {
        sb.append(' ').append(m.methodName()).append(" threw ").append(e.getClass().getSimpleName());
      }
    }
    System.out.println(sb);
  }

  static void fails(String what, Runnable r) {
    try {
      r.run();
      System.out.println(what + " passed");
    } catch (RuntimeException | Error e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  public static void main(String[] args) throws Throwable {
    MethodHandles.Lookup k = MethodHandles.lookup();
    VarModes v = new VarModes();
    walk("field", k.findVarHandle(VarModes.class, "z", boolean.class), false, true, v);
    walk("field", k.findVarHandle(VarModes.class, "b", byte.class), (byte) 1, (byte) -2, v);
    walk("field", k.findVarHandle(VarModes.class, "s", short.class), (short) 2, (short) 300, v);
    walk("field", k.findVarHandle(VarModes.class, "c", char.class), 'c', 'd', v);
    walk("field", k.findVarHandle(VarModes.class, "i", int.class), 3, -30, v);
    walk("field", k.findVarHandle(VarModes.class, "l", long.class), 4L, 1L << 40, v);
    walk("field", k.findVarHandle(VarModes.class, "f", float.class), 5f, 0.5f, v);
    walk("field", k.findVarHandle(VarModes.class, "d", double.class), 6d, -0.25, v);
    walk("field", k.findVarHandle(VarModes.class, "o", String.class), "o", "p", v);
    walk("final", k.findVarHandle(VarModes.class, "fin", int.class), 7, 8, v);
    walk("static", k.findStaticVarHandle(VarModes.class, "st", int.class), 8, 9);
    walk("array", MethodHandles.arrayElementVarHandle(long[].class), 10L, 11L, new long[] {0, 10}, 1);
    walk("array", MethodHandles.arrayElementVarHandle(Object[].class), "a", "b", new Object[] {"a"}, 0);
    walk("array", MethodHandles.arrayElementVarHandle(byte[].class), (byte) 1, (byte) 2, new byte[] {1}, 0);
    walk("view", MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN), 1, 2, new byte[16], 8);
    walk("view", MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN), (short) 1, (short) 2, new byte[16], 4);
    walk("buffer", MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN), 1L, 2L, ByteBuffer.allocateDirect(16), 8);
    walk("misaligned", MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder()), 1, 2, ByteBuffer.allocateDirect(16), 1);

    VarHandle h = k.findVarHandle(VarModes.class, "i", int.class), ah = MethodHandles.arrayElementVarHandle(int[].class), oh = MethodHandles
        .arrayElementVarHandle(String[].class);
    v.i = 10;
    System.out.println((int) h.getAndAdd(v, 5) + " " + (int) h.getAndBitwiseXor(v, 0xff) + " " + (int) h.getAndBitwiseOrRelease(v, 1) + " " + (int) h
        .getAndBitwiseAndAcquire(v, 0xf0) + " " + v.i + " " + h.compareAndSet(v, v.i, 1) + " " + (int) h.compareAndExchange(v, 5, 6) + " " + h
            .weakCompareAndSetPlain(v, 99, 1));
    long wide = (long) h.get(v);
    h.set(v, (byte) 3);
    Object boxed = h.getVolatile(v);
    System.out.println(wide + " " + boxed + " " + (Integer) h.getAcquire(v));
    fails("wrong type", () -> h.set(v, 1L));
    fails("wrong receiver", () -> h.get("x"));
    fails("null receiver", () -> h.get(null));
    fails("arity", () -> h.get(v, 1));
    fails("bounds", () -> ah.get(new int[2], 2));
    fails("null array", () -> ah.get(null, 0));
    fails("store", () -> oh.set((Object[]) new Integer[1], 0, (Object) "s"));
    fails("class of value", () -> oh.set(new String[1], 0, (Object) 5));
    fails("final set", () -> {
      try {
        k.findVarHandle(VarModes.class, "fin", int.class).set(v, 1);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    });
    fails("add of a string", () -> {
      Object r = oh.getAndAdd(new String[1], 0, "x");
    });
    fails("exact", () -> {
      Object r = h.withInvokeExactBehavior().get(v);
    });
    System.out.println((int) h.withInvokeExactBehavior().get(v) + " " + h.hasInvokeExactBehavior() + " " + h.coordinateTypes() + " " + h.describeConstable()
        .isPresent());
    VarHandle.fullFence();
    VarHandle.acquireFence();
    VarHandle.releaseFence();
    VarHandle.loadLoadFence();
    VarHandle.storeStoreFence();
    int sum = 0;
    int[] cells = new int[16];
    Thread[] ts = new Thread[4];
    for (int t = 0; t < 4; t++) {
      (ts[t] = new Thread(() -> {
        for (int n = 0; n < 2000; n++) {
          ah.getAndAdd(cells, n & 15, 1);
          int old;
          do old = (int) h.getVolatile(v); while (!h.weakCompareAndSet(v, old, old + 1));
        }
      })).start();
    }
    for (Thread t : ts) t.join();
    for (int x : cells) sum += x;
    System.out.println(sum + " " + v.i);
  }
}
