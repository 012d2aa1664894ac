// Helpful NullPointerException messages: fields, arrays, calls, parameters, nested expressions.
public class HelpfulNpe {
  static class Node {
    Node next;
    Node[] kids;
    String text;
    int[] nums;
    long[][] grid;
    int value;
    static Node root;

    Node next() {
      return next;
    }

    static Node find(String s, int n) {
      return null;
    }
  }

  interface Code {
    Object run() throws Throwable;
  }

  static void show(Code c) {
    try {
      System.out.println("no error " + c.run());
    } catch (NullPointerException e) {
      System.out.println(e.getMessage());
    } catch (Throwable t) {
      System.out.println("other " + t);
    }
  }

  static int param(Node p, int[] q, int i) {
    int local = 3;
    Node mine = i > 0 ? p : null;
    if (i == 0) return mine.value + local;
    if (i == 1) return p.value;
    if (i == 2) return q[i];
    q[local] = 5;
    return 0;
  }

  Node field;

  Object instance() {
    return field.next.text;
  }

  public static void main(String[] args) {
    Node n = new Node();
    n.kids = new Node[3];
    n.grid = new long[2][];
    show(() -> n.next.value);
    show(() -> n.next.value = 5);
    show(() -> n.next.next);
    show(() -> n.next().next());
    show(() -> n.text.length());
    show(() -> n.kids[1].text);
    show(() -> n.kids[1].kids[2].text.trim());
    show(() -> n.nums[0]);
    show(() -> n.nums[0] = 1);
    show(() -> n.nums.length);
    show(() -> n.grid[1][0]);
    show(() -> n.grid[n.value + 1][2 * 3]++);
    show(() -> Node.root.value);
    show(() -> Node.find("x", 2).next);
    show(() -> Node.find("x", 2).next());
    show(() -> param(null, null, 0));
    show(() -> param(null, null, 1));
    show(() -> param(null, null, 2));
    show(() -> param(null, null, 3));
    show(() -> new HelpfulNpe().instance());
    show(() -> {
      synchronized (n.next) {
        return 1;
      }
    });
    show(() -> {
      throw n.next == null ? null : new Error();
    });
    show(() -> {
      Integer boxed = null;
      int i = boxed;
      return i;
    });
    show(() -> ((String) (Object) n.text).isEmpty());
    show(() -> {
      byte[] b = null;
      b[0] = 1;
      boolean[] z = null;
      return z[1];
    });
    show(() -> {
      char[] c = null;
      return c[2];
    });
    show(() -> {
      double[] d = null;
      d[3] = 1;
      return d;
    });
    show(() -> {
      for (String s : (String[]) null) return s;
      return null;
    });
    show(() -> {
      throw new NullPointerException();
    });
    show(() -> {
      throw new NullPointerException("given");
    });
    show(() -> java.util.Objects.requireNonNull(null, "required"));
    show(() -> java.util.List.of(1, null));
    show(() -> "abc".contains(null));
    show(() -> HelpfulNpe.class.getMethod("main", String[].class).invoke(null, 1, 2));
    show(() -> HelpfulNpe.class.getDeclaredMethod("instance").invoke(null));
  }
}
