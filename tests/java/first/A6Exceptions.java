// Throw and catch, finally, the implicit exceptions, a trace's depth.
public class A6Exceptions {
  static int depth(int n) {
    if (n == 0) throw new IllegalStateException("deep");
    return depth(n - 1) + 1;
  }

  static int attempt(int what, Object o, int[] a) {
    try {
      switch (what) {
        case 0: return o.hashCode();
        case 1: return a[5];
        case 2: return a.length / (what - 2);
        case 3: return ((String) o).length();
        case 4: return new int[-1].length;
        case 5: return depth(3);
        case 6: throw new Error("thrown");
        default: return 0;
      }
    } catch (RuntimeException e) {
      System.out.println(e);
      return -1;
    } catch (Error e) {
      System.out.println(e.getMessage());
      return -2;
    } finally {
      System.out.println("finally");
    }
  }

  public static void main(String[] args) {
    int[] a = {1, 2};
    System.out.println(attempt(0, null, a));
    System.out.println(attempt(1, null, a));
    for (int i = 2; i < 8; i++) System.out.println(attempt(i, Integer.valueOf(1), a));
  }
}
