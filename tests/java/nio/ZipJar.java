// zip and jar: stored and deflated entries, comments, extra data, streams and files, broken archives, manifests, jar URLs, the zip file
// system; gzip, deflate with dictionaries and levels, checksums.
import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;
import java.util.jar.*;
import java.util.stream.*;
import java.util.zip.*;

public class ZipJar {
  static byte[] text(int n) {
    StringBuilder sb = new StringBuilder();
    for (int i = 0; i < n; i++) sb.append("line ").append(i % 37).append('\n');
    return sb.toString().getBytes();
  }

  public static void main(String[] args) throws Exception {
    byte[] body = text(2000);
    CRC32 crc = new CRC32();
    crc.update(body);
    Adler32 adler = new Adler32();
    adler.update(body, 10, 500);
    CRC32C c32 = new CRC32C();
    c32.update(java.nio.ByteBuffer.allocateDirect(64).putInt(5).rewind());
    System.out.println(body.length + " " + crc.getValue() + " " + adler.getValue() + " " + c32.getValue());
    try (ZipOutputStream z = new ZipOutputStream(new FileOutputStream("a.zip"))) {
      z.setComment("archive comment");
      ZipEntry e = new ZipEntry("dir/deflated.txt");
      e.setComment("entry");
      e.setTimeLocal(java.time.LocalDateTime.of(2020, 2, 3, 4, 5, 6));
      z.putNextEntry(e);
      z.write(body);
      z.closeEntry();
      ZipEntry s = new ZipEntry("stored");
      s.setMethod(ZipEntry.STORED);
      s.setSize(body.length);
      s.setCrc(crc.getValue());
      s.setExtra(new byte[] {1, 2, 2, 0, 7, 8});
      z.putNextEntry(s);
      z.write(body);
      z.putNextEntry(new ZipEntry("dir/"));
      z.putNextEntry(new ZipEntry("\u00fcmlaut"));
      z.setLevel(0);
      z.write(1);
      try {
        z.putNextEntry(new ZipEntry("stored"));
      } catch (ZipException x) {
        System.out.println(x.getMessage());
      }
    }
    try (ZipFile z = new ZipFile("a.zip")) {
      System.out.println(z.size() + " " + z.getComment());
      for (ZipEntry e : Collections.list(z.entries())) {
        System.out.println(e.getName().length() + " " + e.getMethod() + " " + e.getSize() + " " + (e.getCompressedSize() < e.getSize())
            + " " + e.isDirectory() + " " + e.getComment() + " " + (e.getExtra() == null ? 0 : e.getExtra().length));
      }
      ZipEntry d = z.getEntry("dir/deflated.txt");
      System.out.println(d.getTimeLocal() + " " + Arrays.equals(z.getInputStream(d).readAllBytes(), body) + " " + Arrays.equals(z
          .getInputStream(z.getEntry("stored")).readAllBytes(), body) + " " + z.getEntry("none") + " " + z.getEntry("dir").getName());
      InputStream in = z.getInputStream(d);
      System.out.println(in.skip(100) + " " + in.read() + " " + in.available());
      System.out.println(z.stream().mapToLong(ZipEntry::getSize).sum());
    }
    try (ZipInputStream z = new ZipInputStream(new FileInputStream("a.zip"))) {
      for (ZipEntry e; (e = z.getNextEntry()) != null;) System.out.print(z.readAllBytes().length + " ");
      System.out.println();
    }
    byte[] raw = Files.readAllBytes(Path.of("a.zip"));
    Files.write(Path.of("cut.zip"), Arrays.copyOf(raw, raw.length / 2));
    try {
      new ZipFile("cut.zip");
    } catch (ZipException e) {
      System.out.println(e.getMessage());
    }
    raw[200] ^= 0x55;
    try (ZipInputStream z = new ZipInputStream(new ByteArrayInputStream(raw))) {
      while (z.getNextEntry() != null) z.readAllBytes();
      System.out.println("unnoticed");
    } catch (IOException e) {
      System.out.println("damaged: " + e.getClass().getSimpleName());
    }

    Manifest m = new Manifest();
    m.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    m.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "some.Main");
    m.getMainAttributes().putValue("X-Long", "v".repeat(100));
    m.getEntries().put("part/", new Attributes());
    m.getAttributes("part/").put(Attributes.Name.SEALED, "true");
    try (JarOutputStream j = new JarOutputStream(new FileOutputStream("b.jar"), m)) {
      j.putNextEntry(new JarEntry("res/data.txt"));
      j.write("from the jar".getBytes());
      j.putNextEntry(new JarEntry("META-INF/versions/9/res/data.txt"));
      j.write("version nine".getBytes());
    }
    try (JarFile j = new JarFile("b.jar")) {
      Manifest r = j.getManifest();
      System.out.println(r.getMainAttributes().getValue("Main-Class") + " " + r.getMainAttributes().getValue("x-long").length() + " " + r
          .getAttributes("part/").getValue("Sealed") + " " + r.equals(m) + " " + j.isMultiRelease() + " " + new String(j.getInputStream(j
              .getJarEntry("res/data.txt")).readAllBytes()) + " " + j.versionedStream().count());
    }
    URL u = new URL("jar:" + Path.of("b.jar").toUri() + "!/res/data.txt");
    JarURLConnection con = (JarURLConnection) u.openConnection();
    con.setUseCaches(false);
    try (InputStream in = con.getInputStream()) {
      System.out.println(con.getEntryName() + " " + con.getContentLength() + " " + new String(in.readAllBytes()));
    }
    try (FileSystem fs = FileSystems.newFileSystem(Path.of("b.jar"))) {
      Files.writeString(fs.getPath("/new.txt"), "written inside");
      Files.createDirectory(fs.getPath("/folder"));
      Files.copy(fs.getPath("/new.txt"), fs.getPath("/folder/copy"));
      Files.delete(fs.getPath("/META-INF/versions/9/res/data.txt"));
      try (Stream<Path> w = Files.walk(fs.getPath("/"))) {
        System.out.println(w.map(Path::toString).sorted().collect(Collectors.joining(" ")));
      }
    }
    try (ZipFile z = new ZipFile("b.jar")) {
      System.out.println(new String(z.getInputStream(z.getEntry("folder/copy")).readAllBytes()) + " " + z.size());
    }

    ByteArrayOutputStream bo = new ByteArrayOutputStream();
    try (GZIPOutputStream g = new GZIPOutputStream(bo)) {
      g.write(body);
    }
    byte[] gz = bo.toByteArray();
    byte[] two = new byte[gz.length * 2];
    System.arraycopy(gz, 0, two, 0, gz.length);
    System.arraycopy(gz, 0, two, gz.length, gz.length);
    System.out.println((gz.length < body.length / 5) + " " + new GZIPInputStream(new ByteArrayInputStream(two)).readAllBytes().length);
    gz[gz.length - 5] ^= 1;
    try {
      new GZIPInputStream(new ByteArrayInputStream(gz)).readAllBytes();
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
    try {
      new GZIPInputStream(new ByteArrayInputStream(body));
    } catch (ZipException e) {
      System.out.println(e.getMessage());
    }
    byte[] dict = "line 0\nline 1\nline 2\n".getBytes();
    Deflater d = new Deflater(Deflater.BEST_COMPRESSION, true);
    d.setDictionary(dict);
    d.setInput(body);
    d.finish();
    byte[] packed = new byte[body.length];
    int n = d.deflate(packed);
    System.out.println(d.finished() + " " + d.getBytesRead() + " " + (d.getBytesWritten() == n) + " " + d.needsInput());
    d.end();
    Inflater i = new Inflater(true);
    i.setDictionary(dict);
    i.setInput(packed, 0, n);
    byte[] back = new byte[body.length + 10];
    int r = i.inflate(back);
    System.out.println(r + " " + Arrays.equals(body, Arrays.copyOf(back, r)) + " " + i.finished() + " " + i.getRemaining());
    i.end();
    try {
      i.inflate(back);
    } catch (NullPointerException e) {
      System.out.println(e.getMessage());
    }
    Inflater bad = new Inflater();
    bad.setInput(new byte[] {1, 2, 3, 4});
    try {
      bad.inflate(back);
    } catch (DataFormatException e) {
      System.out.println(e.getMessage());
    }
    InputStream chain = new InflaterInputStream(new DeflaterInputStream(new CheckedInputStream(new ByteArrayInputStream(body), crc)));
    System.out.println(chain.readAllBytes().length);
  }
}
