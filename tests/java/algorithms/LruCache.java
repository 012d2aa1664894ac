// An LRU cache by hand (linked nodes and a map) against LinkedHashMap in access order.
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

public class LruCache {
  static class Cache<K, V> {
    class Node {
      K key;
      V value;
      Node prev, next;
    }

    final Map<K, Node> map = new HashMap<>();
    final Node head = new Node();
    final int limit;
    int hits, misses, evicted;

    Cache(int limit) {
      this.limit = limit;
      head.prev = head.next = head;
    }

    V get(K k) {
      Node n = map.get(k);
      if (n == null) {
        misses++;
        return null;
      }
      hits++;
      unlink(n);
      pushFront(n);
      return n.value;
    }

    void put(K k, V v) {
      Node n = map.get(k);
      if (n == null) {
        if (map.size() == limit) {
          evicted++;
          map.remove(head.prev.key);
          unlink(head.prev);
        }
        n = new Node();
        n.key = k;
        map.put(k, n);
      } else {
        unlink(n);
      }
      n.value = v;
      pushFront(n);
    }

    private void unlink(Node n) {
      n.prev.next = n.next;
      n.next.prev = n.prev;
    }

    private void pushFront(Node n) {
      n.next = head.next;
      n.prev = head;
      n.next.prev = n.prev.next = n;
    }

    @Override
    public String toString() {
      StringBuilder sb = new StringBuilder();
      for (Node n = head.prev; n != head; n = n.prev) sb.append(n.key).append('=').append(n.value).append(' ');
      return sb.toString().trim();
    }
  }

  public static void main(String[] args) {
    Cache<Integer, String> mine = new Cache<>(10);
    int[] removed = {0};
    Map<Integer, String> reference = new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, String> e) {
        if (size() > 10) removed[0]++;
        return size() > 10;
      }
    };
    int seed = 12345;
    boolean same = true;
    for (int i = 0; i < 20000; i++) {
      seed = seed * 1103515245 + 12345;
      int key = (seed >>> 16) % 25;
      if ((seed & 0x4000) != 0) {
        same &= java.util.Objects.equals(mine.get(key), reference.get(key));
      } else {
        mine.put(key, "v" + i);
        reference.put(key, "v" + i);
      }
    }
    System.out.println(mine);
    System.out.println(reference);
    System.out.println(same + " " + mine.hits + " " + mine.misses + " " + mine.evicted + " " + removed[0]);
  }
}
