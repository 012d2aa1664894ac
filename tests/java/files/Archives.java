// zip, jar, gzip, inflater and deflater, checksums; a class and a resource loaded from a jar that
// was just written.
import java.io.*;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.*;
import java.util.*;
import java.util.jar.*;
import java.util.zip.*;

public class Archives {
  public static class Loaded {
    public static String text() throws IOException {
      try (InputStream in = Loaded.class.getResourceAsStream("/res/data.txt")) {
        return new String(in.readAllBytes());
      }
    }
  }

  static byte[] own(String name) throws IOException {
    try (InputStream in = Archives.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  public static void main(String[] args) throws Exception {
    byte[] data = new byte[50_000];
    for (int i = 0; i < data.length; i++) data[i] = (byte) (i * i >> 7);
    CRC32 crc = new CRC32();
    crc.update(data);
    Adler32 adler = new Adler32();
    adler.update(data, 10, 1000);
    CRC32C c = new CRC32C();
    c.update("123456789".getBytes());
    System.out.println(Long.toHexString(crc.getValue()) + " " + Long.toHexString(adler.getValue()) + " "
        + Long.toHexString(c.getValue()));
    Deflater d = new Deflater(9, true);
    d.setInput(data);
    d.finish();
    byte[] packed = new byte[60_000];
    int n = d.deflate(packed);
    Inflater inf = new Inflater(true);
    inf.setInput(packed, 0, n);
    byte[] back = new byte[data.length];
    System.out.println(n < data.length && inf.inflate(back) == data.length && Arrays.equals(data, back)
        && inf.finished() && d.getTotalIn() == data.length);
    d.end();
    inf.end();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(bytes)) {
      gz.write(data);
    }
    System.out.println(Arrays.equals(data, new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray()))
        .readAllBytes()));
    try (ZipOutputStream z = new ZipOutputStream(new FileOutputStream("a.zip"))) {
      z.setComment("a comment");
      z.putNextEntry(new ZipEntry("dir/"));
      ZipEntry stored = new ZipEntry("dir/stored");
      stored.setMethod(ZipEntry.STORED);
      stored.setSize(data.length);
      stored.setCrc(crc.getValue());
      z.putNextEntry(stored);
      z.write(data);
      ZipEntry deflated = new ZipEntry("deflated");
      deflated.setTime(1_000_000_000_000L);
      deflated.setExtra(new byte[] {1, 0, 0, 0});
      z.putNextEntry(deflated);
      z.write(data);
      z.closeEntry();
      try {
        z.putNextEntry(new ZipEntry("deflated"));
      } catch (ZipException e) {
        System.out.println(e.getMessage());
      }
    }
    try (ZipFile z = new ZipFile("a.zip")) {
      z.stream().forEach(e -> System.out.println(e.getName() + " " + e.getSize() + " " + e.isDirectory() + " "
          + e.getMethod() + " " + (e.getCrc() == crc.getValue())));
      System.out.println(z.getComment() + " " + z.size() + " " + z.getEntry("absent") + " "
          + Arrays.equals(data, z.getInputStream(z.getEntry("deflated")).readAllBytes()));
    }
    try (ZipInputStream z = new ZipInputStream(new FileInputStream("a.zip"))) {
      for (ZipEntry e; (e = z.getNextEntry()) != null; ) System.out.print(e.getName() + ":" + z.readAllBytes().length
          + " ");
      System.out.println();
    }
    Manifest m = new Manifest();
    m.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    m.getMainAttributes().putValue("Long-Value", "x".repeat(100));
    m.getEntries().put("res/", new Attributes());
    m.getEntries().get("res/").putValue("Sealed", "false");
    try (JarOutputStream j = new JarOutputStream(new FileOutputStream("b.jar"), m)) {
      j.putNextEntry(new JarEntry("Archives$Loaded.class"));
      j.write(own("Archives$Loaded.class"));
      j.putNextEntry(new JarEntry("res/data.txt"));
      j.write("resource text".getBytes());
      j.putNextEntry(new JarEntry("META-INF/versions/17/res/data.txt"));
      j.write("versioned".getBytes());
    }
    try (JarFile j = new JarFile("b.jar")) {
      System.out.println(j.getManifest().getMainAttributes().getValue("Long-Value").length() + " " + j.isMultiRelease()
          + " " + j.getJarEntry("res/data.txt").getSize()
          + " " + j.getManifest().getAttributes("res/").getValue("sealed"));
    }
    URL url = new File("b.jar").toURI().toURL();
    try (URLClassLoader l = new URLClassLoader(new URL[] {url}, ClassLoader.getPlatformClassLoader())) {
      Class<?> k = l.loadClass("Archives$Loaded");
      System.out.println(k.getMethod("text").invoke(null) + " " + (k != Loaded.class) + " " + (k.getClassLoader() == l)
          + " " + l.getResource("res/data.txt").getProtocol()
          + " " + l.findResource("absent") + " " + k.getProtectionDomain().getCodeSource().getLocation().getPath()
              .endsWith("b.jar"));
      URL in = new URL("jar:" + url + "!/res/data.txt");
      System.out.println(new String(in.openStream().readAllBytes()) + " " + in.openConnection().getContentLength());
    }
    try (FileSystem fs = FileSystems.newFileSystem(Path.of("b.jar"), (ClassLoader) null)) {
      Files.writeString(fs.getPath("/added.txt"), "through the file system");
      System.out.println(Files.readString(fs.getPath("res/data.txt")) + " "
          + Files.exists(fs.getPath("/Archives$Loaded.class")));
    }
    try (JarFile j = new JarFile("b.jar")) {
      System.out.println(new String(j.getInputStream(j.getEntry("added.txt")).readAllBytes()));
    }
    for (byte[] bad : new byte[][] {{}, "PK nonsense".getBytes()}) {
      Files.write(Path.of("bad.zip"), bad);
      try {
        new ZipFile("bad.zip");
      } catch (ZipException e) {
        System.out.println(e.getMessage());
      }
    }
    try {
      new Inflater().inflate(new byte[1]);
      Inflater wrong = new Inflater();
      wrong.setInput(new byte[] {1, 2, 3, 4});
      wrong.inflate(new byte[10]);
    } catch (DataFormatException e) {
      System.out.println(e.getMessage());
    }
  }
}
