// vmopts: --add-opens java.base/java.lang=ALL-UNNAMED --add-exports java.base/jdk.internal.misc=ALL-UNNAMED --add-reads java.logging=ALL-UNNAMED
// javac: --add-exports java.base/jdk.internal.misc=ALL-UNNAMED
// The module options, and the JDK's Unsafe through them: fields, arrays, native memory, compare and set, fences, park.
import java.lang.reflect.Field;
import jdk.internal.misc.Unsafe;

public class OpenModules {
  static final Unsafe U = Unsafe.getUnsafe();
  int i = 5;
  long l = 6;
  Object o = "object";
  static String st = "static";

  OpenModules() {
    i = 100;
  }

  public static void main(String[] args) throws Exception {
    Field value = String.class.getDeclaredField("value");
    value.setAccessible(true);
    System.out.println(((byte[]) value.get("abc")).length + " " + String.class.getModule()
        .isOpen("java.lang", OpenModules.class.getModule()) + " "
        + String.class.getModule().isOpen("java.util") + " " + ModuleLayer.boot().findModule("java.logging").get()
            .canRead(OpenModules.class.getModule()));
    OpenModules m = new OpenModules();
    long i = U.objectFieldOffset(OpenModules.class, "i"), l = U.objectFieldOffset(OpenModules.class, "l"),
        o = U.objectFieldOffset(OpenModules.class, "o");
    U.putInt(m, i, 7);
    System.out.println(m.i + " " + U.getLong(m, l) + " " + U.getReference(m, o) + " " + U.getAndAddInt(m, i, 3) + " "
        + U.compareAndSetInt(m, i, 10, 11) + " "
        + U.compareAndExchangeLong(m, l, 6, 60) + " " + U.compareAndSetReference(m, o, "object", null) + " " + m.i + m.l
            + m.o + " " + U.getAndSetLong(m, l, 1));
    Field st = OpenModules.class.getDeclaredField("st");
    System.out.println(U.getReference(U.staticFieldBase(st), U.staticFieldOffset(st)) + " "
        + ((OpenModules) U.allocateInstance(OpenModules.class)).i + " "
        + U.shouldBeInitialized(Late.class));
    U.ensureClassInitialized(Late.class);
    System.out.println(U.shouldBeInitialized(Late.class) + " " + U.addressSize() + " " + U.isBigEndian() + " "
        + Unsafe.ARRAY_BYTE_INDEX_SCALE + Unsafe.ARRAY_LONG_INDEX_SCALE);
    byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    long base = Unsafe.ARRAY_BYTE_BASE_OFFSET;
    System.out.println(Long.toHexString(U.getLongUnaligned(bytes, base + 1)) + " "
        + Integer.toHexString(U.getIntUnaligned(bytes, base + 1, true)) + " "
        + U.compareAndSetByte(bytes, base + 3, (byte) 4, (byte) 40) + " " + bytes[3] + " "
            + U.getAndAddShort(new short[] {5}, Unsafe.ARRAY_SHORT_BASE_OFFSET, (short) 1));
    long p = U.allocateMemory(64);
    U.setMemory(p, 64, (byte) 0x11);
    U.putDouble(p + 8, 2.5);
    U.copyMemory(bytes, base, null, p + 16, 9);
    p = U.reallocateMemory(p, 128);
    System.out.println(Integer.toHexString(U.getInt(p)) + " " + U.getDouble(p + 8) + " " + U.getByte(p + 24) + " "
        + U.getByte(p + 25));
    U.freeMemory(p);
    U.fullFence();
    U.unpark(Thread.currentThread());
    U.park(false, 0);
    U.park(false, 1_000_000);
    try {
      U.throwException(new java.io.IOException("sneaked"));
    } catch (Exception e) {
      System.out.println(e);
    }
  }

  static class Late {
    static { System.out.println("late initialised"); }
  }
}
