// vmopts: -Xmx64m
// timeout: 240
// Structures of every shape under constant allocation: trees, lists, arrays of arrays, strings,
// hashes that survive moving.
import java.util.*;

public class GcStress {
  static final class Tree {
    Tree left, right;
    int value;

    static Tree build(int depth) {
      Tree t = new Tree();
      t.value = depth;
      if (depth > 0) {
        t.left = build(depth - 1);
        t.right = build(depth - 1);
      }
      return t;
    }

    int check() {
      return left == null ? value + 1 : value + left.check() + right.check();
    }
  }

  static final class Link {
    final Link next;
    final Object payload;

    Link(Link next, Object payload) {
      this.next = next;
      this.payload = payload;
    }
  }

  public static void main(String[] args) {
    Tree keep = Tree.build(12);
    int sum = 0;
    for (int i = 0; i < 40; i++) sum += Tree.build(8).check();
    System.out.println(sum + " " + keep.check());
    Map<Object, Integer> byIdentity = new IdentityHashMap<>();
    Map<Object, Integer> byHash = new HashMap<>();
    List<Object> keys = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      Object k = i % 2 == 0 ? new Object() : new int[i % 7];
      keys.add(k);
      byIdentity.put(k, i);
      byHash.put(k, i);
    }
    Link chain = null;
    Object[][] grid = new Object[300][];
    long total = 0;
    for (int round = 0; round < 60; round++) {
      for (int i = 0; i < 300; i++) {
        Object[] row = new Object[(i * 7 + round) % 60];
        for (int k = 0; k < row.length; k += 5) row[k] = "s" + k;
        grid[(i * 31 + round) % 300] = row;
        if (i % 10 == 0) chain = new Link(chain, row);
      }
      byte[] big = new byte[300_000 + round];
      big[round] = (byte) round;
      total += big[round] + big.length;
      if (round % 20 == 19) {
        int n = 0;
        for (Link l = chain; l != null; l = l.next) n += ((Object[]) l.payload).length;
        System.out.println(round + " " + n);
        chain = null;
      }
    }
    int found = 0;
    for (int i = 0; i < keys.size(); i++) {
      if (byIdentity.get(keys.get(i)) == i && byHash.get(keys.get(i)) == i) found++;
    }
    System.out.println(found + " " + total + " " + keep.check());
    long cells = 0;
    for (Object[] row : grid) for (Object o : row) if (o != null) cells += o.hashCode();
    System.out.println(cells);
    StringBuilder sb = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      sb.append(i % 10);
      if (sb.length() > 5000) sb = new StringBuilder(sb.substring(2500));
    }
    System.out.println(sb.length() + " " + sb.toString().hashCode());
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.println(used > 0 && used <= Runtime.getRuntime().maxMemory() && Runtime.getRuntime()
        .maxMemory() <= 64L << 20);
    long[][] longs = new long[200][];
    for (int i = 0; i < 3000; i++) longs[i % 200] = new long[i % 1000 + 1];
    int live = 0;
    for (long[] l : longs) live += l.length;
    System.out.println(live);
  }
}
