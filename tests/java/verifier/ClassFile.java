// Where the parts of a class file lie that are worth breaking.
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

final class ClassFile {
  record Range(int begin, int end) {
    int length() {
      return end - begin;
    }
  }

  final ByteBuffer b;
  final List<Range> codes = new ArrayList<>(); // bytecode
  final List<Range> maps = new ArrayList<>(); // StackMapTable
  final List<Range> tables = new ArrayList<>(); // exception tables
  final List<Integer> limits = new ArrayList<>(); // max_stack, max_locals
  final List<Integer> indexes = new ArrayList<>(); // two-byte pool indexes within the pool
  private final int[] pool;

  ClassFile(byte[] bytes) {
    b = ByteBuffer.wrap(bytes);
    b.position(8);
    pool = new int[u2()];
    for (int i = 1; i < pool.length; i++) {
      pool[i] = b.position();
      if (constant(b.get())) i++;
    }
    skip(6);
    skip(2 * u2());
    for (int kind = 0; kind < 2; kind++) {
      for (int n = u2(); n > 0; n--) {
        skip(6);
        attributes();
      }
    }
    attributes();
  }

  int poolCount() {
    return pool.length;
  }

  int tag(int index) {
    return index < pool.length && pool[index] > 0 ? b.get(pool[index]) : 0;
  }

  private int u2() {
    return b.getShort() & 0xffff;
  }

  private void skip(int n) {
    b.position(b.position() + n);
  }

  /** Is it one of two entries? */
  private boolean constant(int tag) {
    switch (tag) {
      case 1 -> skip(u2());
      case 3, 4 -> skip(4);
      case 5, 6 -> skip(8);
      case 15 -> skip(3);
      default -> {
        for (int n = tag == 7 || tag == 8 || tag == 16 || tag == 19 || tag == 20 ? 1 : 2; n > 0; n--) {
          indexes.add(b.position());
          skip(2);
        }
      }
    }
    return tag == 5 || tag == 6;
  }

  private String utf8(int index) {
    int at = pool[index];
    return new String(b.array(), at + 3, b.getShort(at + 1) & 0xffff, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private void attributes() {
    for (int n = u2(); n > 0; n--) {
      String name = utf8(u2());
      int length = b.getInt(), end = b.position() + length;
      if (name.equals("Code")) code();
      else if (name.equals("StackMapTable")) maps.add(new Range(b.position(), end));
      b.position(end);
    }
  }

  private void code() {
    limits.add(b.position());
    limits.add(b.position() + 2);
    skip(4);
    int length = b.getInt();
    codes.add(new Range(b.position(), b.position() + length));
    skip(length);
    int rows = u2();
    if (rows > 0) tables.add(new Range(b.position(), b.position() + 8 * rows));
    skip(8 * rows);
    attributes();
  }
}
