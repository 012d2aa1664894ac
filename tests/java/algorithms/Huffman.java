// Huffman coding with a priority queue, and LZW beside it: compress, expand, compare.
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

public class Huffman {
  static abstract class Tree implements Comparable<Tree> {
    int freq;
    char least;

    public int compareTo(Tree o) {
      return freq != o.freq ? freq - o.freq : least - o.least;
    }

    abstract void codes(String prefix, Map<Character, String> into);
  }

  static class Leaf extends Tree {
    Leaf(char c, int f) {
      least = c;
      freq = f;
    }

    void codes(String prefix, Map<Character, String> into) {
      into.put(least, prefix);
    }
  }

  static class Branch extends Tree {
    final Tree zero, one;

    Branch(Tree z, Tree o) {
      zero = z;
      one = o;
      freq = z.freq + o.freq;
      least = (char) Math.min(z.least, o.least);
    }

    void codes(String prefix, Map<Character, String> into) {
      zero.codes(prefix + '0', into);
      one.codes(prefix + '1', into);
    }
  }

  static Tree build(String s) {
    TreeMap<Character, Integer> freq = new TreeMap<>();
    for (char c : s.toCharArray()) freq.merge(c, 1, Integer::sum);
    PriorityQueue<Tree> q = new PriorityQueue<>();
    freq.forEach((c, f) -> q.add(new Leaf(c, f)));
    while (q.size() > 1) q.add(new Branch(q.poll(), q.poll()));
    return q.poll();
  }

  static List<Integer> lzw(String s) {
    Map<String, Integer> dict = new HashMap<>();
    for (int i = 0; i < 128; i++) dict.put("" + (char) i, i);
    List<Integer> out = new ArrayList<>();
    String w = "";
    for (char c : s.toCharArray()) {
      if (!dict.containsKey(w + c)) {
        out.add(dict.get(w));
        dict.put(w + c, dict.size());
        w = "";
      }
      w += c;
    }
    out.add(dict.get(w));
    return out;
  }

  static String unlzw(List<Integer> codes) {
    List<String> dict = new ArrayList<>();
    for (int i = 0; i < 128; i++) dict.add("" + (char) i);
    String w = "";
    StringBuilder sb = new StringBuilder();
    for (int k : codes) {
      String e = k < dict.size() ? dict.get(k) : w + w.charAt(0);
      sb.append(e);
      if (!w.isEmpty()) dict.add(w + e.charAt(0));
      w = e;
    }
    return sb.toString();
  }

  public static void main(String[] args) {
    String text = "she sells sea shells by the sea shore; ".repeat(20) + "the shells she sells are sea shells";
    Tree tree = build(text);
    Map<Character, String> codes = new TreeMap<>();
    tree.codes("", codes);
    System.out.println(codes);
    BitSet bits = new BitSet();
    int n = 0;
    for (char c : text.toCharArray()) for (char b : codes.get(c).toCharArray()) bits.set(n++, b == '1');
    StringBuilder back = new StringBuilder();
    Tree at = tree;
    for (int i = 0; i < n; i++) {
      at = bits.get(i) ? ((Branch) at).one : ((Branch) at).zero;
      if (at instanceof Leaf) {
        back.append(at.least);
        at = tree;
      }
    }
    System.out.println(text.length() * 8 + " -> " + n + " " + back.toString().equals(text));
    List<Integer> packed = lzw(text);
    System.out.println(packed.size() + " codes " + packed.hashCode() + " " + unlzw(packed).equals(text));
  }
}
