// File channels: positions, scatter and gather, transfer, truncate, locks, mapping in all modes, append; AsynchronousFileChannel;
// Channels adapters; what a closed channel says.
import java.io.*;
import java.nio.*;
import java.nio.channels.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.concurrent.*;

public class Channels1 {
  static String text(ByteBuffer b) {
    return StandardCharsets.UTF_8.decode(b).toString();
  }

  static ByteBuffer bytes(String s) {
    return ByteBuffer.wrap(s.getBytes(StandardCharsets.UTF_8));
  }

  public static void main(String[] args) throws Exception {
    Path p = Path.of("data.bin");
    try (FileChannel c = FileChannel.open(p, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      System.out.println(c.write(bytes("hello world")) + " " + c.position() + " " + c.size());
      System.out.println(c.write(new ByteBuffer[] {bytes(" gathered"), bytes(" "), bytes("bytes")}) + " " + c.size());
      ByteBuffer[] parts = {ByteBuffer.allocate(5), ByteBuffer.allocateDirect(7), ByteBuffer.allocate(100)};
      System.out.println(c.position(0).read(parts));
      for (ByteBuffer b : parts) System.out.print("[" + text(b.flip()) + "]");
      System.out.println(" " + c.read(ByteBuffer.allocate(1)) + " " + c.read(parts[0].clear(), 6) + text(parts[0].flip()));
      System.out.println(c.write(bytes("XY"), 40) + " " + c.size() + " " + c.position());
      ByteBuffer gap = ByteBuffer.allocate(14);
      c.read(gap, 26);
      System.out.println(gap.get(0) + " " + gap.get(13));
      System.out.println(c.truncate(11).size() + " " + c.position());
      try (FileLock l = c.lock(0, 5, false)) {
        System.out.println(l.isValid() + " " + l.isShared() + " " + l.overlaps(4, 4) + " " + l.overlaps(5, 4));
        try {
          c.tryLock(3, 1, false);
        } catch (OverlappingFileLockException e) {
          System.out.println("overlapping lock");
        }
        System.out.println(c.tryLock(10, 1, true).isShared());
      }
      MappedByteBuffer m = c.map(FileChannel.MapMode.READ_WRITE, 0, 32);
      m.put(0, (byte) 'J').putInt(20, 0x01020304);
      m.force();
      System.out.println(c.size() + " " + m.isDirect() + " " + m.load().isLoaded() + " " + m.capacity());
      MappedByteBuffer priv = c.map(FileChannel.MapMode.PRIVATE, 0, 11), ro = c.map(FileChannel.MapMode.READ_ONLY, 1, 4);
      priv.put(1, (byte) 'E');
      System.out.println(text(priv) + " " + text(ro) + " " + ro.isReadOnly());
      try {
        c.map(FileChannel.MapMode.READ_ONLY, 30, 10);
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
      try (FileChannel out = FileChannel.open(Path.of("copy"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        System.out.println(c.transferTo(0, 5, out) + " " + c.transferTo(100, 5, out));
        c.position(6);
        System.out.println(out.transferFrom(c, 5, 3) + " " + out.size());
        try {
          out.read(ByteBuffer.allocate(1));
        } catch (NonReadableChannelException e) {
          System.out.println("write only");
        }
      }
      System.out.println(Files.readString(Path.of("copy")));
    }
    try (FileChannel c = FileChannel.open(p, StandardOpenOption.APPEND)) {
      c.position(0);
      c.write(bytes("tail"));
      System.out.println(c.size() + " " + c.position());
    }
    FileChannel closed = FileChannel.open(p);
    try {
      closed.write(bytes("x"));
    } catch (NonWritableChannelException e) {
      System.out.println("read only");
    }
    closed.close();
    closed.close();
    try {
      closed.size();
    } catch (ClosedChannelException e) {
      System.out.println("closed " + closed.isOpen());
    }
    // Big mapping, written through one view and read through another.
    try (RandomAccessFile r = new RandomAccessFile("big", "rw")) {
      r.setLength(1 << 20);
      LongBuffer l = r.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, 1 << 20).asLongBuffer();
      for (int i = 0; i < l.capacity(); i += 512) l.put(i, i * 3L);
      r.seek(8 * 1024);
      System.out.println(r.readLong() + " " + r.getFilePointer() + " " + r.length());
      r.seek(1 << 20);
      r.writeUTF("end \u20ac");
      r.seek(1 << 20);
      System.out.println(r.readUTF().length() + " " + r.read());
      try {
        r.readInt();
      } catch (EOFException e) {
        System.out.println("EOF " + e.getMessage());
      }
    }
    // Asynchronous, by future and by handler.
    try (AsynchronousFileChannel a = AsynchronousFileChannel.open(Path.of("async"), StandardOpenOption.CREATE,
        StandardOpenOption.WRITE, StandardOpenOption.READ)) {
      System.out.println(a.write(bytes("async text"), 0).get());
      ByteBuffer in = ByteBuffer.allocate(20);
      CompletableFuture<String> done = new CompletableFuture<>();
      a.read(in, 6, "attached", new CompletionHandler<Integer, String>() {
        @Override
        public void completed(Integer n, String s) {
          done.complete(n + " " + s + " " + text(in.flip()));
        }

        @Override
        public void failed(Throwable t, String s) {
          done.completeExceptionally(t);
        }
      });
      System.out.println(done.get());
      System.out.println(a.read(ByteBuffer.allocate(1), 100).get() + " " + a.lock().get().isValid());
    }
    Pipe pipe = Pipe.open();
    Thread w = new Thread(() -> {
      try (Writer out = Channels.newWriter(pipe.sink(), StandardCharsets.UTF_8)) {
        for (int i = 0; i < 1000; i++) out.write("line " + i + "\n");
      } catch (IOException e) {
        System.out.println(e);
      }
    });
    w.start();
    BufferedReader lines = new BufferedReader(Channels.newReader(pipe.source(), StandardCharsets.UTF_8));
    System.out.println(lines.lines().mapToInt(String::length).sum());
    w.join();
    ReadableByteChannel rc = Channels.newChannel(new ByteArrayInputStream(new byte[] {1, 2, 3}));
    ByteBuffer b = ByteBuffer.allocate(8);
    System.out.println(rc.read(b) + " " + rc.read(b) + " " + b.position());
    ByteArrayOutputStream bo = new ByteArrayOutputStream();
    Channels.newChannel(bo).write(bytes("into a stream"));
    System.out.println(bo);
    try (SeekableByteChannel s = Files.newByteChannel(p)) {
      System.out.println(s.position(4).position() + " " + s.size() + " " + Channels.newInputStream(s).readNBytes(3).length + " " + s
          .position());
    }
  }
}
