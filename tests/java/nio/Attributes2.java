// Files as the file system sees them: permissions, times, links of both sorts, owners, copy and move options, walks with circles, every FileSystemException with its message, temporary files, glob patterns, paths, open options.
import java.io.*;
import java.nio.ByteBuffer;
import java.nio.channels.*;
import java.nio.file.*;
import java.nio.file.attribute.*;
import java.util.*;
import java.util.stream.*;

public class Attributes2 {
  interface Body {
    Object run() throws Exception;
  }

  static void show(String what, Body b) {
    try {
      System.out.println(what + " = " + b.run());
    } catch (FileSystemException e) {
      System.out.println(what + " " + e.getClass().getSimpleName() + ": " + e.getMessage() + " | " + e.getFile() + " | " + e.getOtherFile() + " | " + e.getReason());
    } catch (Exception e) {
      System.out.println(what + " " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  static String read(Path p) throws IOException {
    return Files.readString(p);
  }

  public static void main(String[] args) throws Exception {
    Path d = Files.createDirectory(Path.of("d")), f = d.resolve("f.txt"), link = d.resolve("link"), dangling = d.resolve("dangling"), hard = d.resolve("hard");
    Files.writeString(f, "content");
    Files.setPosixFilePermissions(f, PosixFilePermissions.fromString("rw-r-----"));
    System.out.println(PosixFilePermissions.toString(Files.getPosixFilePermissions(f)) + " " + Files.isExecutable(f) + " " + Files.isRegularFile(f) + " " + Files.size(f) + " " + Files.isHidden(Path.of(".x")) + " " + Files.getAttribute(f, "unix:nlink") + " " + ((Integer) Files.getAttribute(f, "unix:mode") & 0777));
    Files.createSymbolicLink(link, Path.of("f.txt"));
    Files.createSymbolicLink(dangling, Path.of("nowhere"));
    Files.createLink(hard, f);
    System.out.println(Files.readSymbolicLink(link) + " " + Files.isSymbolicLink(link) + " " + Files.isSameFile(link, f) + " " + Files.isSameFile(hard, f) + " " + Files.exists(dangling) + " " + Files.exists(dangling, LinkOption.NOFOLLOW_LINKS) + " " + Files.getAttribute(f, "unix:nlink") + " " + link.toRealPath().getFileName() + " "
        + Files.readAttributes(link, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isSymbolicLink() + " " + Files.readAttributes(f, BasicFileAttributes.class).fileKey().equals(Files.readAttributes(hard, BasicFileAttributes.class).fileKey()));
    FileTime time = FileTime.fromMillis(1_000_000_000_123L);
    Files.setLastModifiedTime(f, time);
    System.out.println(Files.getLastModifiedTime(f) + " " + f.toFile().lastModified() + " " + Files.readAttributes(f, "lastModifiedTime,size") .get("size") + " " + Files.readAttributes(f, "*").keySet().stream().sorted().toList() + " " + time.compareTo(FileTime.from(java.time.Instant.EPOCH)));
    show("missing", () -> read(d.resolve("missing")));
    show("create twice", () -> Files.createFile(f));
    show("directory twice", () -> Files.createDirectory(d));
    show("directories over a file", () -> Files.createDirectories(f));
    show("directories again", () -> Files.createDirectories(d.resolve("x/y")).getFileName());
    show("below a file", () -> Files.createFile(f.resolve("y")));
    show("not empty", () -> {
      Files.delete(d);
      return "";
    });
    show("read a folder", () -> Files.readAllBytes(d));
    show("delete missing", () -> Files.deleteIfExists(d.resolve("missing")));
    show("not a link", () -> Files.readSymbolicLink(f));
    show("list a file", () -> Files.newDirectoryStream(f));
    show("copy over", () -> Files.copy(f, hard.resolveSibling("link2")) + " " + Files.copy(f, d.resolve("link2"), StandardCopyOption.REPLACE_EXISTING));
    show("copy over no", () -> Files.copy(f, d.resolve("link2")));
    show("copy to itself", () -> Files.copy(f, f));
    show("copy a link", () -> Files.isSymbolicLink(Files.copy(link, d.resolve("copied link"), LinkOption.NOFOLLOW_LINKS)));
    show("copy attributes", () -> Files.getLastModifiedTime(Files.copy(f, d.resolve("copied"), StandardCopyOption.COPY_ATTRIBUTES)));
    show("move", () -> Files.move(d.resolve("copied"), d.resolve("moved"), StandardCopyOption.ATOMIC_MOVE));
    show("move missing", () -> Files.move(d.resolve("copied"), d.resolve("moved")));
    show("move onto a full folder", () -> Files.move(d.resolve("moved"), d.resolve("x"), StandardCopyOption.REPLACE_EXISTING));
    show("move into itself", () -> Files.move(d, d.resolve("x/z")));
    show("loop", () -> {
      Files.createSymbolicLink(d.resolve("loop"), Path.of("loop"));
      return read(d.resolve("loop"));
    });
    show("read through dangling", () -> read(dangling));
    show("attributes of a view", () -> Files.getAttribute(f, "posix:none"));
    show("no such view", () -> Files.getAttribute(f, "dos2:none"));
    show("set size", () -> Files.setAttribute(f, "size", 5L));
    show("bad permissions", () -> PosixFilePermissions.fromString("rwx"));
    Files.createSymbolicLink(d.resolve("x/up"), Path.of("../.."));
    try (Stream<Path> s = Files.walk(d)) {
      System.out.println(s.map(Path::toString).sorted().toList());
    }
    try (Stream<Path> s = Files.walk(d, FileVisitOption.FOLLOW_LINKS)) {
      System.out.println(s.count());
    } catch (UncheckedIOException e) {
      System.out.println(e.getCause().getClass().getSimpleName());
    }
    try (Stream<Path> s = Files.find(d, 1, (p, a) -> a.isRegularFile() && p.toString().endsWith(".txt"))) {
      System.out.println(s.toList());
    }
    List<String> visits = new ArrayList<>();
    Files.walkFileTree(d, EnumSet.noneOf(FileVisitOption.class), 2, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path p, BasicFileAttributes a) {
        visits.add(">" + p.getFileName());
        return p.endsWith("x") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path p, IOException e) {
        visits.add("<" + p.getFileName());
        return FileVisitResult.CONTINUE;
      }
    });
    System.out.println(visits);
    try (DirectoryStream<Path> s = Files.newDirectoryStream(d, "{f,mo}*[!x]")) {
      List<String> l = new ArrayList<>();
      for (Path p : s) l.add(p.getFileName().toString());
      Collections.sort(l);
      System.out.println(l);
    }
    for (String g : List.of("glob:**/*.{java,txt}", "glob:d/?.txt", "regex:d.f\\.t+.*", "glob:[a-c]/**")) System.out.print(FileSystems.getDefault().getPathMatcher(g).matches(f) + " ");
    show("bad glob", () -> FileSystems.getDefault().getPathMatcher("glob:{a"));
    Path p = Path.of("/a/./b/../c//d/");
    System.out.println(p + " " + p.normalize() + " " + p.getNameCount() + " " + p.subpath(1, 3) + " " + Path.of("a/b").relativize(Path.of("a/c/d")) + " " + p.resolve("/x") + " " + Path.of("").getNameCount() + " " + Path.of("a").compareTo(Path.of("b")) + " " + p.startsWith("/a") + " " + Path.of("a/b").endsWith("b") + " " + Path.of("x", "y/", "z") + " "
        + Path.of("/").getFileName() + " " + p.iterator().next());
    show("mixed", () -> Path.of("a").relativize(Path.of("/a")));
    show("nul", () -> Path.of("a\0b".substring(0, 3)).toString().length());
    show("subpath", () -> Path.of("a").subpath(0, 2));
    Path o = d.resolve("open");
    show("open missing", () -> Files.newByteChannel(o, StandardOpenOption.WRITE));
    show("create new", () -> {
      try (SeekableByteChannel c = Files.newByteChannel(o, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")))) {
        c.write(ByteBuffer.wrap("abc".getBytes()));
        c.position(5).write(ByteBuffer.wrap("z".getBytes()));
        return c.size() + " " + Files.getPosixFilePermissions(o).size();
      }
    });
    show("append and truncate", () -> Files.newByteChannel(o, StandardOpenOption.APPEND, StandardOpenOption.TRUNCATE_EXISTING));
    show("read and append", () -> Files.newByteChannel(o, StandardOpenOption.APPEND, StandardOpenOption.READ));
    show("write on a reader", () -> Files.newByteChannel(f).write(ByteBuffer.allocate(1)));
    show("read on a writer", () -> Files.newByteChannel(f, StandardOpenOption.WRITE).read(ByteBuffer.allocate(1)));
    show("closed", () -> {
      SeekableByteChannel c = Files.newByteChannel(f);
      c.close();
      return c.size();
    });
    show("delete on close", () -> {
      Path x = d.resolve("gone");
      Files.newOutputStream(x, StandardOpenOption.CREATE, StandardOpenOption.DELETE_ON_CLOSE).close();
      return Files.exists(x);
    });
    show("mismatch", () -> Files.mismatch(f, d.resolve("moved")) + " " + Files.mismatch(f, o));
    show("lines", () -> {
      Files.write(o.resolveSibling("bad"), new byte[] {'a', '\n', (byte) 0xff, '\n'});
      return Files.readAllLines(o.resolveSibling("bad"));
    });
    Path t = Files.createTempFile(d, "pre", ".suf");
    System.out.println(t.getFileName().toString().matches("pre\\d+\\.suf") + " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(t)) + " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(Files.createTempDirectory(d, null))));
    File file = new File("d/./f.txt");
    System.out.println(file.getCanonicalFile().getName() + " " + file.exists() + " " + new File("d").list().length + " " + file.renameTo(new File("d/g.txt")) + " " + file.delete() + " " + new File("d").delete() + " " + new File("d/q/r").mkdir() + new File("d/q/r").mkdirs() + " " + new File("a/../b").getPath() + " " + new File("x", "/y") + " "
        + new File("d/g.txt").setReadOnly() + " " + new File("d/g.txt").getTotalSpace() / Long.MAX_VALUE);
  }
}
