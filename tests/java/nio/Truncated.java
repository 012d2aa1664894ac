// tsan: guards are not compiled in
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A mapped file that somebody makes shorter: what is gone is an InternalError, and the program goes on. */
public class Truncated {
  static final int PAGE = 4096;

  interface Access {
    Object run() throws Exception;
  }

  static void access(String name, Access access) throws Exception {
    try {
      System.out.println(name + " " + access.run());
    } catch (InternalError e) {
      System.out.println(name + " " + e);
    }
  }

  public static void main(String[] args) throws Exception {
    Path file = Files.createTempFile(Path.of("."), "truncated", ".bin");
    Files.write(file, new byte[3 * PAGE]);
    try (FileChannel c = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer b = c.map(FileChannel.MapMode.READ_WRITE, 0, 3 * PAGE);
      c.truncate(PAGE);
      all(b);
      System.out.println("still there: " + b.put(10, (byte) 5).get(10));
      c.write(ByteBuffer.allocate(PAGE), PAGE);
      System.out.println("there again: " + b.put(PAGE + 10, (byte) 6).get(PAGE + 10));
    } finally {
      Files.delete(file);
    }
  }

  static void all(MappedByteBuffer b) throws Exception {
    access("get", () -> b.get(PAGE + 10));
    access("put", () -> b.put(PAGE + 10, (byte) 1));
    access("getShort", () -> b.getShort(PAGE + 10));
    access("putChar", () -> b.putChar(PAGE + 10, 'a'));
    access("getInt", () -> b.getInt(PAGE + 10));
    access("putInt", () -> b.putInt(PAGE + 12, 1));
    access("getLong", () -> b.getLong(PAGE + 10));
    access("putLong", () -> b.putLong(PAGE + 10, 1));
    access("getFloat", () -> b.getFloat(PAGE + 10));
    access("putDouble", () -> b.putDouble(PAGE + 10, 1));
    access("half there", () -> b.getLong(PAGE - 4));
    access("bulk get", () -> b.get(PAGE - 100, new byte[1000]));
    access("bulk put", () -> b.put(PAGE - 100, new byte[1000]));
    access("bulk copy", () -> ByteBuffer.allocateDirect(3 * PAGE).put(b.duplicate()));
    access("mismatch", () -> b.mismatch(ByteBuffer.allocate(3 * PAGE)));
    access("equals", () -> b.equals(b.duplicate()));
    access("hashCode", () -> b.hashCode());
    access("volatile", () -> (int) MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder())
        .getVolatile(b, PAGE));
  }
}
