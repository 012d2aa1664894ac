// vmopts: -Xmx64m
// OutOfMemoryError: caught and recovered from, for big arrays and for many small objects; messages.
import java.util.ArrayList;
import java.util.List;

public class OutOfMemory {
  static List<Object> keep = new ArrayList<>();

  static boolean exhaust(int chunk) {
    try {
      while (true) keep.add(new byte[chunk]);
    } catch (OutOfMemoryError e) {
      int held = keep.size();
      keep.clear();
      System.out.println(e.getMessage() + " " + ((long) held * chunk < 64L << 20));
      return held > 4;
    }
  }

  static class Link {
    final Link next;
    final long[] pad = new long[2000];

    Link(Link next) {
      this.next = next;
    }
  }

  public static void main(String[] args) {
    try {
      long[] big = new long[100_000_000];
      System.out.println("unexpected " + big.length);
    } catch (OutOfMemoryError e) {
      System.out.println(e.getMessage());
    }
    try {
      int[] big = new int[Integer.MAX_VALUE];
      System.out.println("unexpected " + big.length);
    } catch (OutOfMemoryError e) {
      System.out.println(e.getMessage());
    }
    try {
      Object[][] grid = new Object[20_000][20_000];
      System.out.println("unexpected " + grid.length);
    } catch (OutOfMemoryError e) {
      System.out.println(e.getMessage());
    }
    System.out.println(exhaust(4 << 20));
    System.out.println(exhaust(64 << 10));
    Link head = null;
    int n = 0;
    try {
      while (true) {
        head = new Link(head);
        n++;
      }
    } catch (OutOfMemoryError e) {
      head = null;
      System.out.println("links " + (n > 500));
    }
    int sum = 0;
    for (int i = 0; i < 2000; i++) sum += new byte[100_000].length >> 10;
    System.out.println("alive after " + sum);
    try {
      "x".repeat(Integer.MAX_VALUE).length();
    } catch (OutOfMemoryError e) {
      System.out.println("repeat fails");
    }
  }
}
