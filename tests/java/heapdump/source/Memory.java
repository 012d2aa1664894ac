import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Fills the heap, or dumps it: first argument `fill`, `huge` or the name of the file. */
public class Memory {
  static class Base {
    short small = -7;
  }

  static class Node extends Base {
    int number;
    double half;
    Node next;
    long[] numbers;
    Object[] things;
    String name;

    Node(int number, Node next) {
      this.number = number;
      this.next = next;
      half = number / 2.0;
      numbers = new long[] {number, -number};
      things = new Object[] {name = "node " + number, null, next};
    }
  }

  static Node head;
  static final char LETTER = 'x';
  static byte bits = -3;

  public static void main(String[] arguments) throws Exception {
    for (int i = 0; i < 5; i++)
      head = new Node(i, head);
    Node local = new Node(77, null); // reachable from the frame only
    if (arguments[0].equals("fill"))
      fill();
    else if (arguments[0].equals("huge"))
      huge();
    else
      dump(arguments[0]);
    System.out.println("local " + local.number);
  }

  static void fill() {
    List<byte[]> all = new ArrayList<>();
    try {
      while (true)
        all.add(new byte[100_000]);
    } catch (OutOfMemoryError e) {
      all = null;
      System.out.println("caught " + e.getMessage());
    }
  }

  static void huge() {
    try {
      System.out.println(new long[Integer.MAX_VALUE].length);
    } catch (OutOfMemoryError e) {
      System.out.println("caught " + e.getMessage());
    }
  }

  static void dump(String file) throws Exception {
    var bean = ManagementFactory.getPlatformMXBean(
        com.sun.management.HotSpotDiagnosticMXBean.class);
    bean.dumpHeap(file, true);
    try {
      bean.dumpHeap(file, true);
    } catch (java.io.IOException e) {
      System.out.println("again: " + e.getMessage());
    }
  }
}
