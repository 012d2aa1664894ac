import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes more than fits, in the way of its argument. */
public class Full {
  static final byte[] BLOCK = new byte[10000];

  static void fill(OutputStream out) throws IOException {
    try (out) {
      for (int i = 0; i < 1000; i++)
        out.write(BLOCK);
    }
  }

  public static void main(String[] args) throws Exception {
    Path path = Path.of(args[0]);
    switch (args[0]) {
      case "lines" -> {
        for (int i = 0; i < 200000; i++)
          System.out.println("line " + i);
        System.err.println("out has an error: " + System.out.checkError());
      }
      case "stream" -> fill(new FileOutputStream("stream"));
      case "files" -> fill(Files.newOutputStream(path));
      case "random" -> {
        try (RandomAccessFile file = new RandomAccessFile("random", "rw")) {
          file.setLength(1 << 30);
        }
      }
      case "channel" -> {
        try (FileChannel out = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
          ByteBuffer buffer = ByteBuffer.allocateDirect(3 << 20);
          while (buffer.hasRemaining())
            System.err.println("wrote " + out.write(buffer));
        }
      }
      case "print" -> {
        PrintStream out = new PrintStream("print");
        fill(out);
        System.err.println("out has an error: " + out.checkError());
      }
      case "copy" -> Files.copy(Path.of(System.getProperty("java.home"), "lib", "modules"), path);
      case "memory" -> {
        byte[][] all = new byte[100000][];
        for (int i = 0; i < all.length; i++)
          all[i] = new byte[100000];
      }
    }
  }
}
