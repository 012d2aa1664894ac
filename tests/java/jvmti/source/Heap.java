/* A graph of objects for the walks of Heap.c. */
public class Heap {
  interface Named {
    int A = Integer.parseInt("1"), B = Integer.parseInt("2");
  }

  static class Base {
    long base = 5;
    Object first;
    static Object shared;
  }

  static class Node extends Base implements Named {
    byte small = 3;
    Node next;
    Object[] array;
    String text;
    boolean flag = true;
    static int count = 7;
    static Node root;
  }

  static native void walk(Object[] known, Class<?>[] classes);

  public static void main(String[] args) {
    System.load(args[0]);
    Node a = new Node(), b = new Node(), lost = new Node();
    a.next = b;
    b.next = a;
    a.array = new Object[] {b, null, "text\u00e9", a};
    a.text = "latin\u00e9 and \u4e2d";
    b.first = new int[] {4, 5, 6};
    b.array = new Node[1];
    lost.next = a;
    Base.shared = new double[] {1.5};
    Node.root = a;
    walk(new Object[] {a, b, lost, a.array, a.text, b.first, b.array, Base.shared},
        new Class<?>[] {Heap.class, Base.class, Node.class, Named.class, int[].class});
  }
}
