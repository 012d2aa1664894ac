// modes: default, baseline
// File channels: maps in every mode and their bounds, locks and their overlaps in one process, gathering and scattering, transfers, positions beyond the end, truncation, asynchronous channels, interrupts that close, heap and direct buffers of every order.
import java.io.*;
import java.nio.*;
import java.nio.channels.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import static java.nio.file.StandardOpenOption.*;

public class Mapped {
  interface Body {
    Object run() throws Exception;
  }

  static void show(String what, Body b) {
    try {
      System.out.println(what + " = " + b.run());
    } catch (Exception e) {
      System.out.println(what + " " + e.getClass().getSimpleName() + ": " + e.getMessage() + (e.getCause() == null ? "" : " <- " + e.getCause()));
    }
  }

  static ByteBuffer bytes(String s) {
    return ByteBuffer.wrap(s.getBytes());
  }

  static void maps(Path p) throws Exception {
    try (FileChannel c = FileChannel.open(p, CREATE, READ, WRITE)) {
      c.write(bytes("0123456789"));
      MappedByteBuffer rw = c.map(FileChannel.MapMode.READ_WRITE, 2, 20), ro = c.map(FileChannel.MapMode.READ_ONLY, 0, 10), pr = c.map(FileChannel.MapMode.PRIVATE, 0, 10);
      System.out.println(c.size() + " " + rw.capacity() + " " + rw.isDirect() + " " + ro.isReadOnly() + " " + rw.order());
      rw.put(0, (byte) 'A').putInt(4, 0x41424344);
      pr.put(0, (byte) 'P');
      rw.force();
      rw.force(1, 3);
      System.out.println((char) ro.get(2) + " " + (char) ro.get(6) + " " + (char) ro.get(0) + " " + (char) pr.get(0) + " " + (char) pr.get(2) + " " + new String(Files.readAllBytes(p), 0, 10, StandardCharsets.ISO_8859_1) + " " + rw.load().isLoaded());
      show("put read only", () -> ro.put(0, (byte) 1));
      show("beyond", () -> ro.get(10));
      show("negative", () -> c.map(FileChannel.MapMode.READ_ONLY, -1, 5));
      show("huge", () -> c.map(FileChannel.MapMode.READ_ONLY, 0, 1L << 31));
      show("slice", () -> rw.slice(2, 4).put(0, (byte) 'Z').capacity() + " " + (char) rw.get(2) + " " + rw.alignmentOffset(0, 8) + " " + rw.duplicate().position(3).compareTo(rw));
      show("empty", () -> c.map(FileChannel.MapMode.READ_ONLY, 5, 0).capacity());
      show("compact", () -> rw.position(2).compact().position());
    }
    try (FileChannel c = FileChannel.open(p, READ)) {
      show("write map of reader", () -> c.map(FileChannel.MapMode.READ_WRITE, 0, 5));
      show("private map of reader", () -> c.map(FileChannel.MapMode.PRIVATE, 0, 5));
      show("map beyond a reader", () -> c.map(FileChannel.MapMode.READ_ONLY, 0, 500));
    }
    try (FileChannel c = FileChannel.open(p, WRITE)) {
      show("map of writer", () -> c.map(FileChannel.MapMode.READ_WRITE, 0, 5));
    }
  }

  static void positions(Path p) throws Exception {
    try (FileChannel c = FileChannel.open(p, READ, WRITE, TRUNCATE_EXISTING)) {
      System.out.println(c.write(new ByteBuffer[] {bytes("abc"), bytes(""), bytes("defg"), ByteBuffer.allocateDirect(3).put(bytes("hij")).flip()}) + " " + c.position());
      ByteBuffer x = ByteBuffer.allocate(2), y = ByteBuffer.allocateDirect(5);
      System.out.println(c.position(1).read(new ByteBuffer[] {x, y}) + " " + new String(x.array()) + " " + StandardCharsets.US_ASCII.decode(y.flip()) + " " + c.read(new ByteBuffer[] {x, y}, 0, 1));
      System.out.println(c.read(ByteBuffer.allocate(5), 8) + " " + c.read(ByteBuffer.allocate(5), 10) + " " + c.read(ByteBuffer.allocate(0), 10) + " " + c.position());
      c.position(15);
      c.write(bytes("z"));
      System.out.println(c.size() + " " + Arrays.toString(Arrays.copyOfRange(Files.readAllBytes(p), 9, 16)));
      c.truncate(4);
      System.out.println(c.size() + " " + c.position() + " " + c.truncate(99).size());
      show("negative position", () -> c.position(-1));
      show("negative read", () -> c.read(ByteBuffer.allocate(1), -1));
      show("read into read only", () -> c.read(ByteBuffer.allocate(1).asReadOnlyBuffer(), 0));
      Path q = p.resolveSibling("other");
      try (FileChannel d = FileChannel.open(q, CREATE, WRITE, READ)) {
        System.out.println(c.transferTo(1, 100, d) + " " + d.transferFrom(c.position(0), 2, 10) + " " + d.size() + " " + c.transferTo(100, 5, d) + " " + Files.readString(q));
        System.out.println(c.transferTo(0, 4, Channels.newChannel(new ByteArrayOutputStream())) + " " + d.transferFrom(Channels.newChannel(new ByteArrayInputStream("input".getBytes())), 0, 3) + " " + Files.readString(q));
      }
      show("transfer to a closed one", () -> c.transferTo(0, 1, FileChannel.open(q, READ)));
    }
    RandomAccessFile f = new RandomAccessFile(p.toFile(), "rw");
    f.seek(2);
    f.writeUTF("u\u00e9");
    f.getChannel().position(2);
    System.out.println(f.readUTF().length() + " " + f.getFilePointer() + " " + f.getChannel().position() + " " + (f.getChannel() == f.getChannel()));
    f.setLength(1);
    System.out.println(f.length() + " " + f.getFilePointer() + " " + f.read());
    f.close();
    show("closed", () -> f.getChannel().size());
  }

  static void locks(Path p) throws Exception {
    try (FileChannel c = FileChannel.open(p, READ, WRITE); FileChannel d = FileChannel.open(p, READ)) {
      FileLock l = c.lock(0, 10, false);
      System.out.println(l.isShared() + " " + l.isValid() + " " + l.overlaps(5, 1) + " " + l.overlaps(10, 1) + " " + (l.acquiredBy() == c));
      show("overlap", () -> c.tryLock(5, 10, false));
      show("overlap elsewhere", () -> d.tryLock(5, 10, true));
      show("beside", () -> d.tryLock(10, 5, true).isShared());
      show("exclusive on a reader", () -> d.tryLock(20, 5, false));
      l.release();
      System.out.println(l.isValid() + " " + c.tryLock(0, 9, true).isValid());
      show("closed", () -> {
        c.close();
        l.release();
        return "";
      });
    }
  }

  static void async(Path p) throws Exception {
    try (AsynchronousFileChannel c = AsynchronousFileChannel.open(p, CREATE, READ, WRITE)) {
      List<Future<Integer>> l = new ArrayList<>();
      for (int i = 0; i < 20; i++) l.add(c.write(bytes("block" + (char) ('a' + i)), i * 6L));
      int sum = 0;
      for (Future<Integer> f : l) sum += f.get();
      BlockingQueue<String> q = new LinkedBlockingQueue<>();
      ByteBuffer b = ByteBuffer.allocateDirect(6);
      c.read(b, 12, "attached", new CompletionHandler<>() {
        @Override
        public void completed(Integer n, String a) {
          q.add(n + " " + a + " " + StandardCharsets.US_ASCII.decode(b.flip()));
        }

        @Override
        public void failed(Throwable e, String a) {
          q.add(e.toString());
        }
      });
      System.out.println(sum + " " + q.take() + " " + c.read(ByteBuffer.allocate(9), 500).get() + " " + c.size() + " " + c.lock().get().isValid());
    }
    try (FileChannel c = FileChannel.open(p, READ)) {
      Thread.currentThread().interrupt();
      try {
        c.read(ByteBuffer.allocate(1));
      } catch (ClosedByInterruptException e) {
        System.out.println("closed " + c.isOpen() + " " + Thread.interrupted());
      }
    }
    Pipe pipe = Pipe.open();
    Thread t = new Thread(() -> {
      try {
        pipe.source().read(ByteBuffer.allocate(1));
      } catch (AsynchronousCloseException e) {
        System.out.println(e.getClass().getSimpleName());
      } catch (IOException e) {
        System.out.println(e);
      }
    });
    t.start();
    while (t.getState() != Thread.State.RUNNABLE) Thread.onSpinWait();
    Thread.sleep(20);
    pipe.source().close();
    t.join();
    show("broken pipe", () -> pipe.sink().write(bytes("x")));
  }

  static void buffers() {
    for (ByteBuffer b : new ByteBuffer[] {ByteBuffer.allocate(32), ByteBuffer.allocateDirect(32), ByteBuffer.allocate(40).position(3).slice().limit(32)})
      for (ByteOrder o : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
        b.clear().order(o);
        b.putLong(0x0102030405060708L).putDouble(1.5).putChar('x').putShort((short) -2).putFloat(2.5f).putInt(7);
        b.flip();
        int h = 0;
        for (int i = 0; i < b.limit(); i++) h = 31 * h + b.get(i);
        System.out.println(h + " " + b.getInt(1) + " " + b.getLong(3) + " " + b.asIntBuffer().get(2) + " " + b.asCharBuffer().length() + " " + b.asDoubleBuffer().get(1) + " " + b.asFloatBuffer().get(5) + " " + b.asLongBuffer().put(0, 5).get(0) + " " + b.getShort(18) + " " + b.mismatch(b.duplicate().position(1)) + " " + b.hasArray());
        show("underflow", () -> b.position(b.limit() - 3).getInt());
        show("index", () -> b.getLong(b.limit() - 7));
        show("limit", () -> b.position(b.limit() + 1));
      }
    show("overflow", () -> CharBuffer.allocate(2).put("abc"));
    show("wrap", () -> ByteBuffer.wrap(new byte[3], 2, 2));
    show("allocate", () -> ByteBuffer.allocate(-1));
    show("itself", () -> {
      ByteBuffer b = ByteBuffer.allocate(1);
      return b.put(b);
    });
    show("read only array", () -> ByteBuffer.allocate(1).asReadOnlyBuffer().array());
    show("mark", () -> IntBuffer.allocate(3).reset());
    show("char view", () -> CharBuffer.wrap("hello", 1, 4).subSequence(1, 2) + " " + CharBuffer.wrap("abc").put(0, 'x'));
    show("absolute bulk", () -> {
      byte[] d = new byte[3];
      ByteBuffer.wrap("abcdef".getBytes()).get(2, d);
      return new String(d) + ByteBuffer.allocate(6).put(1, d).get(1);
    });
  }

  public static void main(String[] args) throws Exception {
    Path p = Path.of("file");
    maps(p);
    positions(p);
    locks(p);
    async(Path.of("async"));
    buffers();
  }
}
