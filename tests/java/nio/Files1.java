// java.nio.file: creation, options, copies, moves, walks with and without links, attributes, permissions, streams, temp files.
import java.io.*;
import java.nio.charset.*;
import java.nio.file.*;
import java.nio.file.attribute.*;
import java.util.*;
import java.util.stream.*;

public class Files1 {
  interface Io {
    Object run() throws IOException;
  }

  static void show(String what, Io io) {
    try {
      System.out.println(what + ": " + io.run());
    } catch (IOException | RuntimeException e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  public static void main(String[] args) throws Exception {
    Path d = Files.createDirectory(Path.of("tree")), f = d.resolve("a.txt");
    Files.createDirectories(d.resolve("x/y/z"));
    Files.writeString(f, "one\ntwo\n\u00e9\n");
    show("size", () -> Files.size(f));
    show("lines", () -> Files.readAllLines(f).size());
    show("latin", () -> Files.readAllLines(f, StandardCharsets.ISO_8859_1).get(2).length());
    show("ascii", () -> Files.readString(f, StandardCharsets.US_ASCII));
    show("append", () -> Files.writeString(f, "more\n", StandardOpenOption.APPEND).getFileName());
    show("create new", () -> Files.writeString(f, "x", StandardOpenOption.CREATE_NEW));
    show("missing", () -> Files.readString(d.resolve("none")));
    show("directory as file", () -> Files.readString(d));
    show("not empty", () -> Files.deleteIfExists(d));
    show("into file", () -> Files.createFile(f.resolve("sub")));
    show("copy", () -> Files.copy(f, d.resolve("x/b.txt")));
    show("copy again", () -> Files.copy(f, d.resolve("x/b.txt")));
    show("replace", () -> Files.copy(f, d.resolve("x/b.txt"), StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES));
    show("mismatch", () -> Files.mismatch(f, d.resolve("x/b.txt")));
    show("same", () -> Files.isSameFile(f, d.resolve("x/../a.txt")) + " " + Files.isSameFile(f, d.resolve("x/b.txt")));
    show("move", () -> Files.move(d.resolve("x/b.txt"), d.resolve("x/y/c.txt"), StandardCopyOption.ATOMIC_MOVE));
    show("link", () -> Files.createSymbolicLink(d.resolve("link"), Path.of("x")));
    show("loop", () -> Files.createSymbolicLink(d.resolve("x/up"), Path.of("..")));
    show("hard", () -> Files.createLink(d.resolve("hard"), f));
    show("read link", () -> Files.readSymbolicLink(d.resolve("link")));
    show("not a link", () -> Files.readSymbolicLink(f));
    show("kinds", () -> Files.isDirectory(d.resolve("link")) + " " + Files.isDirectory(d.resolve("link"), LinkOption.NOFOLLOW_LINKS)
        + " " + Files.isSymbolicLink(d.resolve("link")) + " " + Files.isRegularFile(f) + " " + Files.exists(d.resolve("none"))
            + " " + Files.notExists(d.resolve("none")) + " " + Files.isHidden(Path.of(".hid")));
    show("walk", () -> {
      try (Stream<Path> s = Files.walk(d)) {
        return s.map(Path::toString).sorted().collect(Collectors.joining(" "));
      }
    });
    show("depth", () -> {
      try (Stream<Path> s = Files.walk(d, 1)) {
        return s.count();
      }
    });
    try (Stream<Path> s = Files.walk(d, FileVisitOption.FOLLOW_LINKS)) {
      s.forEach(p -> {});
    } catch (UncheckedIOException e) {
      System.out.println(e.getCause().getClass().getSimpleName());
    }
    show("find", () -> {
      try (Stream<Path> s = Files.find(d, 9, (p, a) -> a.isRegularFile() && p.toString().endsWith(".txt"))) {
        return s.map(Path::toString).sorted().collect(Collectors.toList());
      }
    });
    show("glob", () -> {
      List<String> l = new ArrayList<>();
      try (DirectoryStream<Path> s = Files.newDirectoryStream(d, "{a,h}*")) {
        for (Path p : s) l.add(p.getFileName().toString());
      }
      Collections.sort(l);
      return l;
    });
    StringBuilder visits = new StringBuilder();
    Files.walkFileTree(d, new SimpleFileVisitor<>() {
      int depth;

      @Override
      public FileVisitResult preVisitDirectory(Path p, BasicFileAttributes a) {
        depth++;
        return p.endsWith("z") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path p, IOException e) {
        visits.append(p.getFileName()).append(depth--).append(' ');
        return FileVisitResult.CONTINUE;
      }
    });
    System.out.println(visits);

    show("permissions", () -> {
      Files.setPosixFilePermissions(f, PosixFilePermissions.fromString("rw-r-----"));
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(f)) + " " + Files.isExecutable(f);
    });
    show("view", () -> {
      FileTime t = FileTime.fromMillis(1_600_000_000_000L);
      BasicFileAttributeView v = Files.getFileAttributeView(f, BasicFileAttributeView.class);
      v.setTimes(t, null, null);
      BasicFileAttributes a = v.readAttributes();
      return v.name() + " " + a.lastModifiedTime() + " " + a.size() + " " + a.isOther() + " " + (a.fileKey() != null) + " " + Files
          .getLastModifiedTime(f).toMillis();
    });
    show("attributes", () -> new TreeMap<>(Files.readAttributes(f, "size,isDirectory,isSymbolicLink")) + " " + Files
        .getAttribute(f, "unix:nlink") + " " + Files.readAttributes(f, "posix:permissions").size());
    show("bad attribute", () -> Files.getAttribute(f, "unix:nothing"));
    show("bad view", () -> Files.getAttribute(f, "dos9:x"));
    show("owner", () -> Files.getOwner(f).equals(Files.readAttributes(f, PosixFileAttributes.class).owner()));
    show("store", () -> Files.getFileStore(f).supportsFileAttributeView("posix"));
    Path tmp = Files.createTempFile(d, "pre", ".suf");
    System.out.println(tmp.getFileName().toString().matches("pre\\d+\\.suf") + " " + PosixFilePermissions.toString(Files
        .getPosixFilePermissions(tmp)) + " " + Files.isDirectory(Files.createTempDirectory(d, "td")));
    try (OutputStream o = Files.newOutputStream(tmp, StandardOpenOption.DELETE_ON_CLOSE)) {
      o.write(1);
    }
    System.out.println(Files.exists(tmp));
    try (BufferedWriter w = Files.newBufferedWriter(tmp, StandardCharsets.UTF_16BE); PrintWriter p = new PrintWriter(w)) {
      p.printf("%d %s", 5, "utf16");
    }
    show("utf16", () -> Files.newBufferedReader(tmp, StandardCharsets.UTF_16BE).readLine() + " " + Files.size(tmp));
    show("probe", () -> Files.probeContentType(Path.of("x.html")));

    // Paths
    Path p = Path.of("/a/./b/../c//d.txt");
    System.out.println(p + " " + p.normalize() + " " + p.getNameCount() + " " + p.subpath(1, 3) + " " + p.getParent() + " " + p
        .getRoot() + " " + p.startsWith("/a") + p.endsWith("d.txt") + " " + Path.of("/a/b").relativize(Path.of("/a/c/d")) + " "
        + Path.of("x").resolveSibling("y") + " " + Path.of("b").compareTo(Path.of("a")) + " " + p.toUri());
    PathMatcher m = FileSystems.getDefault().getPathMatcher("glob:**/*.{java,class}");
    System.out.println(m.matches(Path.of("a/b.java")) + " " + m.matches(Path.of("b.java")) + " " + FileSystems.getDefault()
        .getPathMatcher("regex:.*[0-9]").matches(Path.of("x1")));
    show("nul", () -> Path.of("a\0b"));
    show("relativize", () -> Path.of("a").relativize(Path.of("/b")));
    show("glob syntax", () -> FileSystems.getDefault().getPathMatcher("glob:{a"));
    File old = new File(d.toFile(), "old");
    System.out.println(old.createNewFile() + " " + old.createNewFile() + " " + old.renameTo(new File(d.toFile(), "new")) + " "
        + old.exists() + " " + new File(d.toFile(), "new").delete() + " " + new File("tree/x").isDirectory() + " " + Arrays.stream(
            new File("tree").list((dir, n) -> n.length() < 5)).sorted().collect(Collectors.toList()) + " " + new File("q/../r")
                .getCanonicalFile().getName() + " " + new File("none").length() + " " + new File("tree").setReadable(true));
  }
}
