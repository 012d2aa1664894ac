// java.io: byte and character streams, RandomAccessFile, data streams, push-back, piped, tokenizer,
// File operations.
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;

public class Streams1 {
  static String attempt(java.util.concurrent.Callable<?> c) {
    try {
      return String.valueOf(c.call());
    } catch (Exception e) {
      return e.getClass().getSimpleName() + " " + e.getMessage();
    }
  }

  public static void main(String[] args) throws Exception {
    File f = new File("data.bin");
    try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(f)))) {
      out.writeBoolean(true);
      out.writeByte(-1);
      out.writeChar('\u4e2d');
      out.writeShort(-2);
      out.writeInt(0x12345678);
      out.writeLong(Long.MIN_VALUE);
      out.writeFloat(1.5f);
      out.writeDouble(Math.PI);
      out.writeUTF("utf \u00e9\0\ud83d\ude00");
      out.writeBytes("bytes");
      System.out.println(out.size());
    }
    System.out.println(f.length() + " " + f.exists() + " " + f.isFile() + " " + f.canRead() + " " + f.getName());
    try (DataInputStream in = new DataInputStream(new FileInputStream(f))) {
      System.out.println(in.readBoolean() + " " + in.readUnsignedByte() + " " + (int) in.readChar() + " "
          + in.readShort() + " " + in.readInt() + " "
          + in.readLong() + " " + in.readFloat() + " " + in.readDouble() + " " + in.readUTF().length() + " "
          + in.available() + " " + in.skipBytes(3)
          + " " + new String(in.readAllBytes()) + " " + in.read() + " " + attempt(in::readInt));
    }
    try (RandomAccessFile raf = new RandomAccessFile(f, "rw")) {
      raf.seek(5);
      raf.writeInt(-5);
      raf.seek(raf.length() + 10);
      raf.write(7);
      raf.seek(5);
      System.out.println(raf.readInt() + " " + raf.getFilePointer() + " " + raf.length());
      raf.setLength(20);
      raf.seek(25);
      System.out.println(raf.read() + " " + raf.length() + " " + attempt(() -> { raf.seek(-1); return 1; }));
      raf.getFD().sync();
    }
    System.out.println(attempt(() -> new FileInputStream("absent.txt")) + "; "
        + attempt(() -> new FileOutputStream("no/dir")) + "; "
        + attempt(() -> new FileInputStream(".")) + "; " + attempt(() -> new RandomAccessFile(f, "x")));
    try (PrintWriter w = new PrintWriter("text.txt", "UTF-8")) {
      w.println("first line");
      w.printf(Locale.ROOT, "%d %.2f%n", 42, 1.5);
      w.print("accent \u00e9\r\nlast");
    }
    try (BufferedReader r = new BufferedReader(new InputStreamReader(new FileInputStream("text.txt"),
        StandardCharsets.UTF_8))) {
      r.mark(100);
      String first = r.readLine();
      r.reset();
      System.out.println(first.equals(r.readLine()) + " " + r.readLine() + " " + r.readLine().length() + " "
          + r.readLine() + " " + r.readLine());
    }
    try (LineNumberReader r = new LineNumberReader(new StringReader("a\nb\r\nc"))) {
      while (r.readLine() != null) System.out.print(r.getLineNumber() + " ");
    }
    PushbackReader pb = new PushbackReader(new StringReader("xyz"), 2);
    int c = pb.read();
    pb.unread('Q');
    System.out.println((char) c + "" + (char) pb.read() + (char) pb.read());
    PipedOutputStream po = new PipedOutputStream();
    PipedInputStream pi = new PipedInputStream(po);
    Thread t = new Thread(() -> {
      try (po) {
        for (int i = 0; i < 3000; i++) po.write(i);
      } catch (IOException e) {
        System.out.println(e);
      }
    });
    t.start();
    int sum = 0;
    for (int b; (b = pi.read()) >= 0; ) sum += b;
    t.join();
    StreamTokenizer st = new StreamTokenizer(new StringReader("x = 3.5 + 'str' // comment\n y"));
    st.slashSlashComments(true);
    StringBuilder toks = new StringBuilder();
    while (st.nextToken() != StreamTokenizer.TT_EOF) toks.append(st.ttype).append(st.sval).append(st.nval).append(' ');
    System.out.println(sum + " " + toks);
    SequenceInputStream seq = new SequenceInputStream(new ByteArrayInputStream(new byte[] {1, 2}),
        new ByteArrayInputStream(new byte[] {3}));
    System.out.println(Arrays.toString(seq.readAllBytes()));
    File dir = new File("d1/d2");
    System.out.println(dir.mkdir() + " " + dir.mkdirs() + " " + new File(dir, "f").createNewFile() + " "
        + new File(dir, "f").createNewFile() + " "
        + new File("d1").delete() + " " + Arrays.toString(dir.list()) + " " + new File(dir, "f")
            .renameTo(new File("d1/g")) + " " + dir.delete() + " "
        + new File("d1").listFiles().length + " " + new File("gone").length() + " " + new File("gone").list());
    System.out.println(new File("a//b/../c/.").getPath() + " " + new File("a/b").getParent() + " "
        + new File("/x/../y/./z").getCanonicalPath() + " "
        + new File("x").isAbsolute() + " " + new File("a").compareTo(new File("b")) + " " + new File("p", "q/r") + " "
        + new File("/").toURI());
    File tmp = File.createTempFile("pre", ".suf", new File("d1"));
    System.out.println(tmp.getName().startsWith("pre") + " " + tmp.setReadOnly() + " "
        + tmp.setLastModified(1000000000000L) + " " + tmp.lastModified() + " " + tmp.delete());
    StringWriter sw = new StringWriter();
    new IOException("printed").printStackTrace(new PrintWriter(sw, true));
    System.out.println(sw.toString().split("\n")[0]);
    PrintStream saved = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true));
    System.out.print("redirected");
    System.setOut(saved);
    System.out.println(captured + " " + captured.size());
  }
}
