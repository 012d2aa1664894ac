// VarHandles: every access mode on fields, statics, arrays, byte views; wrong types; coordinates.
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.invoke.VarHandle.AccessMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

public class VarHandles {
  int i = 1;
  volatile long l = 2;
  String s = "s";
  boolean z;
  byte b = 5;
  char c = 'c';
  short h = 7;
  float f = 1.5f;
  double d = 2.5;
  final int fin = 4;
  static int st = 10;

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

  static VarHandle field(String n, Class<?> t) throws Exception {
    return MethodHandles.lookup().findVarHandle(VarHandles.class, n, t);
  }

  public static void main(String[] args) throws Throwable {
    VarHandles o = new VarHandles();
    VarHandle I = field("i", int.class), J = field("l", long.class), S = field("s", String.class);
    VarHandle ST = MethodHandles.lookup().findStaticVarHandle(VarHandles.class, "st", int.class);
    System.out.println((int) I.get(o) + " " + (int) I.getAndAdd(o, 5) + " " + I.compareAndSet(o, 6, 60) + " "
        + I.compareAndSet(o, 6, 61) + " " + (int) I.compareAndExchange(o, 60, 7) + " "
        + (int) I.compareAndExchange(o, 0, 8) + " "
        + (int) I.getAndBitwiseOr(o, 8) + " " + (int) I.getAndBitwiseAndRelease(o, 12) + " "
        + (int) I.getAndBitwiseXorAcquire(o, 5) + " " + o.i);
    I.setVolatile(o, 100);
    I.setOpaque(o, (int) I.getVolatile(o) + 1);
    I.setRelease(o, (int) I.getOpaque(o) + 1);
    System.out.println((int) I.getAcquire(o) + " " + (int) I.getAndSet(o, 3) + " " + I.weakCompareAndSet(o, 99, 1) + " "
        + o.i);
    J.setVolatile(o, 1L << 40);
    System.out.println((long) J.getAndAdd(o, -1L) + " " + (long) J.get(o) + " " + J.compareAndSet(o, (1L << 40) - 1, 5)
        + " " + o.l);
    System.out.println(S.compareAndSet(o, "s", "t") + " " + (String) S.getAndSet(o, "u") + " "
        + (Object) S.compareAndExchange(o, "u", null) + " " + o.s);
    ST.set(11);
    System.out.println((int) ST.getAndAdd(4) + " " + st + " " + ST.compareAndSet(15, 16) + " "
        + (int) ST.getVolatile());
    VarHandle Z = field("z", boolean.class), B = field("b", byte.class), C = field("c", char.class),
        H = field("h", short.class);
    VarHandle F = field("f", float.class), D = field("d", double.class);
    System.out.println((boolean) Z.getAndSet(o, true) + " " + Z.compareAndSet(o, true, false) + " "
        + (boolean) Z.getAndBitwiseOr(o, true) + " "
        + (byte) B.getAndAdd(o, (byte) 127) + " " + o.b + " " + B.compareAndSet(o, (byte) -124, (byte) 1) + " "
        + (char) C.getAndAdd(o, (char) 2) + " "
        + o.c + " " + (short) H.getAndSet(o, (short) -1) + " " + H.compareAndSet(o, (short) -1, (short) 9) + " " + o.h);
    System.out.println((float) F.getAndAdd(o, 1f) + " " + F.compareAndSet(o, 2.5f, Float.NaN) + " "
        + F.compareAndSet(o, Float.NaN, 0f) + " "
        + (double) D.getAndSet(o, -0.0) + " " + D.compareAndSet(o, 0.0, 1.0) + " " + D.compareAndSet(o, -0.0, 1.0) + " "
        + o.d);
    VarHandle A = MethodHandles.arrayElementVarHandle(int[].class),
        OA = MethodHandles.arrayElementVarHandle(String[].class);
    int[] ints = {1, 2, 3};
    String[] strings = {"a", "b"};
    A.setVolatile(ints, 1, 20);
    System.out.println((int) A.getAndAdd(ints, 1, 2) + " " + A.compareAndSet(ints, 2, 3, 33) + " "
        + Arrays.toString(ints) + " "
        + (String) OA.getAndSet(strings, 0, "z") + " " + Arrays.toString(strings));
    show(() -> (int) A.get(ints, 3));
    show(() -> (int) A.get((int[]) null, 0));
    show(() -> (int) I.get((VarHandles) null));
    show(() -> (int) I.get("wrong"));
    show(() -> (String) (Object) I.get(o));
    show(() -> { I.set(o, "text"); return 1; });
    show(() -> { I.set(o, (short) 12); return (long) I.get(o) + " " + (Object) I.get(o); });
    show(() -> { Object[] os = strings; MethodHandles.arrayElementVarHandle(Object[].class).set(os, 0, 5); return 1; });
    show(() -> { field("fin", int.class).set(o, 5); return 1; });
    show(() -> (int) field("fin", int.class).get(o));
    show(() -> (String) S.getAndAdd(o, "x"));
    show(() -> field("absent", int.class));
    show(() -> field("st", int.class));
    show(() -> I.withInvokeExactBehavior().hasInvokeExactBehavior() + " " + (long) (int) I.withInvokeExactBehavior()
        .get(o));
    show(() -> (long) I.withInvokeExactBehavior().get(o));
    VarHandle LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    VarHandle BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    byte[] bytes = new byte[20];
    LE.set(bytes, 1, 0x01020304);
    BE.set(bytes, 8, 0x1112131415161718L);
    System.out.println(Arrays.toString(bytes) + " " + Integer.toHexString((int) LE.get(bytes, 8)) + " "
        + Long.toHexString((long) BE.get(bytes, 3)));
    show(() -> (int) LE.get(bytes, 17));
    VarHandle BB = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    ByteBuffer direct = ByteBuffer.allocateDirect(16);
    BB.setVolatile(direct, 4, 0xCAFE);
    System.out.println(BB.compareAndSet(direct, 4, 0xCAFE, 0xBABE) + " " + Integer.toHexString(direct.getInt(4)) + " "
        + (int) BB.getAndAdd(direct, 8, 3) + " " + direct.getInt(8));
    show(() -> (int) BB.getVolatile(direct, 5));
    System.out.println(I.varType() + " " + I.coordinateTypes() + " " + A.coordinateTypes() + " "
        + S.isAccessModeSupported(AccessMode.GET_AND_ADD) + " "
        + I.accessModeType(AccessMode.COMPARE_AND_SET) + " " + I.toMethodHandle(AccessMode.GET).invoke(o) + " "
        + (int) MethodHandles.varHandleInvoker(AccessMode.GET_AND_ADD, I.accessModeType(AccessMode.GET_AND_ADD))
            .invoke(I, o, 1));
    VarHandle.fullFence();
    VarHandle.acquireFence();
    for (int k = 0; k < 3000; k++) I.getAndAdd(o, k);
    System.out.println(o.i);
  }
}
