// Buffers: every view of a byte buffer, heap and direct, order, slices, compact, read-only, bulk moves, exceptions, alignment.
import java.nio.*;
import java.util.*;

public class Buffers {
  static void views(ByteBuffer b) {
    b.clear();
    b.order(ByteOrder.BIG_ENDIAN).putInt(0x01020304).putLong(-2L).putShort((short) 0xCAFE).putChar('z').putFloat(1.5f)
        .putDouble(-0.0);
    System.out.println(b + " " + (b.isDirect() ? "direct" : "heap array " + b.arrayOffset()));
    b.flip();
    System.out.println(Integer.toHexString(b.getInt()) + " " + b.getLong() + " " + b.getShort() + " " + b.getChar() + " " + b
        .getFloat() + " " + b.getDouble() + " " + b.hasRemaining());
    b.order(ByteOrder.LITTLE_ENDIAN);
    System.out.println(Integer.toHexString(b.getInt(0)) + " " + Integer.toHexString(b.getShort(12)) + " " + Long.toHexString(b
        .getLong(1)) + " " + Double.doubleToLongBits(b.getDouble(3)));
    b.clear();
    IntBuffer ints = b.asIntBuffer();
    ints.put(new int[] {1, -1, Integer.MIN_VALUE}).put(7);
    LongBuffer longs = b.asLongBuffer();
    ShortBuffer shorts = b.asShortBuffer();
    CharBuffer chars = b.asCharBuffer();
    System.out.println(ints + " " + ints.order() + " " + longs.get(0) + " " + longs.get(1) + " " + shorts.get(2) + " " + (int) chars
        .get(0) + " " + b.asDoubleBuffer().capacity() + " " + b.asFloatBuffer().get(3));
    FloatBuffer floats = b.order(ByteOrder.BIG_ENDIAN).asFloatBuffer();
    floats.put(0, Float.NaN).put(1, 3.25f);
    System.out.println(Integer.toHexString(b.getInt(0)) + " " + b.getFloat(4) + " " + floats.get(1));
    b.position(3).limit(9);
    ByteBuffer s = b.slice(), d = b.duplicate(), r = b.asReadOnlyBuffer(), at = b.slice(4, 6);
    s.put(0, (byte) 77);
    System.out.println(s + " " + d + " " + r + " " + at + " " + b.get(3) + " " + s.order() + " " + r.get(3));
    try {
      r.put((byte) 1);
    } catch (ReadOnlyBufferException e) {
      System.out.println("read only " + r.hasArray());
    }
    b.clear().put(new byte[] {1, 2, 3, 4, 5}).position(2).limit(5).compact();
    System.out.println(b.position() + " " + b.limit() + " " + b.get(0) + b.get(1) + b.get(2));
    byte[] into = new byte[4];
    b.clear();
    b.get(1, into, 1, 3);
    b.put(6, into, 1, 2).put(20, ByteBuffer.wrap(into), 0, 4);
    System.out.println(Arrays.toString(into) + " " + b.get(6) + b.get(7) + " " + b.get(20) + b.get(23));
    ByteBuffer al = b.clear().position(1).alignedSlice(4);
    System.out.println((b.isDirect() ? al.capacity() % 4 == 0 && al.alignmentOffset(0, 4) == 0 : al.capacity() % 4 == 0));
  }

  static void fails(String what, Runnable r) {
    try {
      r.run();
      System.out.println(what + " passed");
    } catch (RuntimeException e) {
      System.out.println(what + ": " + e);
    }
  }

  public static void main(String[] args) {
    views(ByteBuffer.allocate(40));
    try {
      views(ByteBuffer.allocateDirect(40));
    } catch (UnsupportedOperationException e) {
      System.out.println(e.getMessage());
    }
    ByteBuffer b = ByteBuffer.wrap(new byte[] {9, 8, 7, 6, 5, 4}, 1, 4).slice();
    System.out.println(b.arrayOffset() + " " + b.get() + " " + b.remaining() + " " + b.mark().get() + b.reset().get());
    fails("underflow", () -> ByteBuffer.allocate(3).getInt());
    fails("overflow", () -> ByteBuffer.allocateDirect(3).putInt(1));
    fails("index", () -> ByteBuffer.allocate(4).getInt(1));
    fails("negative index", () -> ByteBuffer.allocate(4).get(-1));
    fails("mark", () -> ByteBuffer.allocate(4).reset());
    fails("limit", () -> ByteBuffer.allocate(4).limit(5));
    fails("position", () -> ByteBuffer.allocate(4).position(5));
    fails("capacity", () -> ByteBuffer.allocate(-1));
    fails("self", () -> {
      ByteBuffer x = ByteBuffer.allocate(4);
      x.put(x);
    });
    fails("bulk", () -> ByteBuffer.allocateDirect(4).get(new byte[5]));
    fails("range", () -> ByteBuffer.wrap(new byte[4], 3, 2));
    fails("direct array", () -> ByteBuffer.allocateDirect(4).array());
    CharBuffer c = CharBuffer.wrap("read only text");
    System.out.println(c.subSequence(5, 9) + " " + c.length() + " " + c.charAt(2) + " " + c.isReadOnly() + " " + c.chars().sum()
        + " " + c.position(5));
    CharBuffer w = CharBuffer.allocate(10).put("hello").append(' ').append("wide", 0, 2);
    System.out.println(w.flip() + "|" + w.compareTo(CharBuffer.wrap("hello x")) + " " + w.equals(CharBuffer.wrap("hello wi"))
        + " " + w.hashCode() + " " + CharBuffer.wrap("abc").mismatch(CharBuffer.wrap("abd")));
    System.out.println(ByteBuffer.wrap(new byte[] {1, 2}).compareTo(ByteBuffer.wrap(new byte[] {1, 3})) + " " + ByteBuffer.wrap(
        new byte[] {1, 2}).equals(ByteBuffer.allocateDirect(2).put((byte) 1).put((byte) 2).flip()) + " " + IntBuffer.wrap(
            new int[] {5, 6, 7}).hashCode() + " " + FloatBuffer.wrap(new float[] {0f}).equals(FloatBuffer.wrap(
                new float[] {-0f})) + " " + DoubleBuffer.wrap(new double[] {Double.NaN}).equals(DoubleBuffer.wrap(
                    new double[] {Double.NaN})));
    long total = 0;
    for (int i = 0; i < 2000; i++) {
      ByteBuffer d = ByteBuffer.allocateDirect(64 * 1024);  // cleaned as it becomes garbage
      d.putInt(0, i);
      total += d.getInt(0);
    }
    System.out.println(total);
    LongBuffer longs = ByteBuffer.allocateDirect(8 * 100).order(ByteOrder.nativeOrder()).asLongBuffer();
    for (int i = 0; i < 100; i++) longs.put((long) i * i);
    longs.flip();
    long sum = 0;
    while (longs.hasRemaining()) sum += longs.get();
    System.out.println(sum + " " + longs.isDirect());
  }
}
