// java.nio.file and channels: paths, Files, walking, attributes, FileChannel, mapping, buffers, locks.
import java.io.IOException;
import java.nio.*;
import java.nio.channels.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.nio.file.attribute.*;
import java.util.*;
import java.util.stream.*;

public class Nio {
  static String attempt(java.util.concurrent.Callable<?> c) {
    try {
      return String.valueOf(c.call());
    } catch (Exception e) {
      return e.getClass().getSimpleName() + " " + e.getMessage();
    }
  }

  public static void main(String[] args) throws Exception {
    Path p = Path.of("a/./b/../c.txt");
    System.out.println(p.normalize() + " " + p.getFileName() + " " + p.getParent() + " " + p.getNameCount() + " "
        + p.subpath(0, 2) + " " + p.startsWith("a") + " "
        + Path.of("/x").resolve("y/z").relativize(Path.of("/x/w")) + " " + Path.of("x").resolveSibling("y") + " "
        + Path.of("a").compareTo(Path.of("b")) + " "
        + Path.of("").toString().isEmpty() + " " + attempt(() -> Path.of("a\0b")));
    Files.createDirectories(Path.of("top/sub/deep"));
    Files.writeString(Path.of("top/one.txt"), "line 1\nline 2\nline \u00e9\n");
    Files.write(Path.of("top/sub/two.txt"), List.of("x", "y"), StandardCharsets.US_ASCII);
    Files.write(Path.of("top/sub/two.txt"), "z\n".getBytes(), StandardOpenOption.APPEND);
    Files.copy(Path.of("top/one.txt"), Path.of("top/sub/deep/three.txt"));
    Files.createSymbolicLink(Path.of("top/link"), Path.of("one.txt"));
    System.out.println(Files.readAllLines(Path.of("top/sub/two.txt")) + " " + Files.size(Path.of("top/one.txt")) + " "
        + Files.lines(Path.of("top/link")).count() + " "
        + Files.isSymbolicLink(Path.of("top/link")) + " " + Files.readSymbolicLink(Path.of("top/link")) + " "
        + Files.mismatch(Path.of("top/one.txt"), Path.of("top/link"))
        + " " + Files.isSameFile(Path.of("top/one.txt"), Path.of("top/sub/../link")));
    try (Stream<Path> s = Files.walk(Path.of("top"))) {
      System.out.println(s.map(Path::toString).sorted().collect(Collectors.toList()));
    }
    try (DirectoryStream<Path> s = Files.newDirectoryStream(Path.of("top/sub"), "*.txt")) {
      for (Path x : s) System.out.println(x);
    }
    System.out.println(attempt(() -> Files.readString(Path.of("gone"))) + "; "
        + attempt(() -> Files.createDirectory(Path.of("top"))) + "; "
        + attempt(() -> { Files.delete(Path.of("top")); return 1; }) + "; "
        + attempt(() -> Files.deleteIfExists(Path.of("gone"))) + "; "
        + attempt(() -> Files.copy(Path.of("top/one.txt"), Path.of("top/link"))) + "; "
        + attempt(() -> Files.newByteChannel(Path.of("top/one.txt"), StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE)));
    Files.move(Path.of("top/sub/two.txt"), Path.of("top/moved.txt"), StandardCopyOption.ATOMIC_MOVE);
    Files.setPosixFilePermissions(Path.of("top/moved.txt"), PosixFilePermissions.fromString("rw-r-----"));
    Files.setLastModifiedTime(Path.of("top/moved.txt"), FileTime.fromMillis(1234567890123L));
    BasicFileAttributes at = Files.readAttributes(Path.of("top/moved.txt"), BasicFileAttributes.class);
    System.out.println(at.isRegularFile() + " " + at.size() + " " + at.lastModifiedTime() + " "
        + PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of("top/moved.txt")))
        + " " + Files.isExecutable(Path.of("top")) + " " + FileSystems.getDefault().getPathMatcher("glob:**.{txt,md}")
            .matches(Path.of("q/w.txt")));
    try (FileChannel ch = FileChannel.open(Path.of("chan"), StandardOpenOption.CREATE, StandardOpenOption.READ,
        StandardOpenOption.WRITE)) {
      ByteBuffer b = ByteBuffer.allocateDirect(16).order(ByteOrder.LITTLE_ENDIAN);
      b.putInt(1).putLong(2).putShort((short) 3).flip();
      System.out.println(ch.write(b) + " " + ch.position() + " " + ch.size());
      ch.write(new ByteBuffer[] {ByteBuffer.wrap("gather".getBytes()), ByteBuffer.wrap("ed".getBytes())});
      MappedByteBuffer m = ch.map(FileChannel.MapMode.READ_WRITE, 0, 4096);
      m.put(0, (byte) 99).putInt(4000, 0xABCDEF);
      m.force();
      ByteBuffer r = ByteBuffer.allocate(8);
      System.out.println(ch.read(r, 4000) + " " + Integer.toHexString(r.getInt(0)) + " " + ch.size() + " " + m.get(0)
          + " " + m.isDirect() + " " + (char) m.get(14));
      ch.truncate(10).position(5);
      System.out.println(ch.size() + " " + ch.read(ByteBuffer.allocate(20)) + " " + ch.read(ByteBuffer.allocate(1)));
      FileLock lock = ch.tryLock();
      System.out.println(lock.isValid() + " " + attempt(() -> ch.tryLock()));
      lock.release();
      try (FileChannel out = FileChannel.open(Path.of("copy"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        System.out.println(ch.transferTo(2, 100, out) + " " + Files.size(Path.of("copy")));
      }
      MappedByteBuffer ro = ch.map(FileChannel.MapMode.READ_ONLY, 0, 10);
      System.out.println(attempt(() -> ro.put(0, (byte) 1)) + " " + attempt(() -> ro.get(10)));
    }
    System.out.println(attempt(() -> FileChannel.open(Path.of("chan")).write(ByteBuffer.allocate(1))));
    ByteBuffer b = ByteBuffer.allocate(10);
    b.put((byte) 1).put(new byte[] {2, 3}).putChar('c').mark().putInt(7).reset();
    System.out.println(b + " " + b.getInt() + " " + b.remaining() + " " + b.flip() + " " + b.slice().limit() + " "
        + b.asReadOnlyBuffer().isReadOnly() + " "
        + attempt(() -> b.putLong(1)) + " " + b.compact() + " " + Arrays.toString(b.array()) + " " + b.hasArray() + " "
        + attempt(() -> b.position(99)));
    IntBuffer ib = ByteBuffer.allocateDirect(16).asIntBuffer().put(new int[] {1, 2, 3});
    CharBuffer cb = CharBuffer.wrap("chars").position(1);
    System.out.println(ib.flip().limit() + " " + ib.get(2) + " " + cb + " " + cb.subSequence(1, 3) + " "
        + ByteBuffer.wrap(new byte[] {1, 2}).compareTo(ByteBuffer.wrap(new byte[] {1, 3}))
        + " " + ByteBuffer.allocate(8).putDouble(0, 1.5).getLong(0) + " " + ByteBuffer.allocateDirect(3).duplicate()
            .capacity());
    Files.walkFileTree(Path.of("top"), new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path f, BasicFileAttributes a) throws IOException {
        Files.delete(f);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path d, IOException e) throws IOException {
        Files.delete(d);
        return FileVisitResult.CONTINUE;
      }
    });
    Path tmp = Files.createTempDirectory(Path.of("."), "tmp");
    System.out.println(Files.exists(Path.of("top")) + " " + Files.isDirectory(tmp) + " "
        + Files.notExists(Path.of("top")));
  }
}
