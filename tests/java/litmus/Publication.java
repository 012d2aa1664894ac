// timeout: 240
// What another thread sees of an object that reaches it by a race, by a lock-free structure, or by starting a thread.
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

public class Publication {
  static class Final {
    final int a, b;
    final int[] array;
    final Map<String, Integer> map = new HashMap<>();

    Final(int n) {
      a = n;
      b = n;
      array = new int[] {n, n, n};
      map.put("k", n);
    }

    String see() {
      int m = map.get("k");
      return a == 7 && b == 7 && array[0] == 7 && array[2] == 7 && m == 7 ? "whole" : "torn";
    }
  }

  static class Slot {
    Object plain;
    volatile Object fast;
    final AtomicReference<Object> atomic = new AtomicReference<>();
    final ConcurrentHashMap<String, Object> table = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<Object> queue = new ConcurrentLinkedQueue<>();
    String r = "none";
  }

  static class Plain {
    int a, b;
    Plain next;

    static Plain make() {
      Plain p = new Plain(), q = new Plain();
      p.a = p.b = q.a = q.b = 7;
      p.next = q;
      return p;
    }

    String see() {
      return a == 7 && b == 7 && next != null && next.a == 7 && next.b == 7 ? "whole" : "torn";
    }
  }

  static class Once {
    private volatile Plain made;
    int times;
    String r1 = "", r2 = "";

    Plain get() {
      Plain p = made;
      if (p == null) {
        synchronized (this) {
          p = made;
          if (p == null) {
            times++;
            made = p = Plain.make();
          }
        }
      }
      return p;
    }
  }

  static class Longs {
    volatile long v;
    volatile double d;
    long r;
    double e;
  }

  static String see(Object o) {
    return o == null ? "none" : o instanceof Final f ? f.see() : o instanceof Plain p ? p.see() : o.equals("text 7") ? "whole"
        : "torn";
  }

  public static void main(String[] args) throws Exception {
    Race.<Slot>run("final fields by a race", "torn", Slot::new, s -> s.r, s -> s.plain = new Final(7), s -> s.r = see(
        s.plain));
    Race.<Slot>run("a string by a race", "torn", Slot::new, s -> s.r, s -> s.plain = "text " + Integer.toString(7),
        s -> s.r = see(s.plain));
    Race.<Slot>run("an object's class by a race", "torn", Slot::new, s -> s.r, s -> s.plain = new int[3], s -> {
      Object o = s.plain;
      s.r = o == null ? "none" : o.getClass() == int[].class && ((int[]) o).length == 3 ? "whole" : "torn";
    });
    Race.<Slot>run("plain fields by a volatile", "torn", Slot::new, s -> s.r, s -> s.fast = Plain.make(), s -> s.r = see(
        s.fast));
    Race.<Slot>run("by an atomic reference", "torn", Slot::new, s -> s.r, s -> s.atomic.compareAndSet(null, Plain.make()),
        s -> s.r = see(s.atomic.get()));
    Race.<Slot>run("by a lazy set", "torn", Slot::new, s -> s.r, s -> s.atomic.lazySet(Plain.make()), s -> s.r = see(
        s.atomic.getAcquire()));
    Race.<Slot>run("by a concurrent map", "torn", Slot::new, s -> s.r, s -> s.table.put("k", Plain.make()), s -> s.r = see(
        s.table.get("k")));
    Race.<Slot>run("by a concurrent queue", "torn", Slot::new, s -> s.r, s -> s.queue.add(Plain.make()), s -> s.r = see(
        s.queue.poll()));
    Race.<Once>run("double-checked locking", "(torn.*|.*torn|.*[02-9])", Once::new, s -> s.r1 + s.r2 + s.times,
        s -> s.r1 = s.get().see(), s -> s.r2 = s.get().see());
    Race.<Longs>run("volatile long and double", "torn", Longs::new, s -> (s.r == 0 || s.r == -1) && (s.e == 0 || s.e == -1.5)
        ? "whole" : "torn", s -> {
          s.v = -1;
          s.d = -1.5;
        }, s -> {
          s.r = s.v;
          s.e = s.d;
        });
    Race.<Slot>run("a weak reference", "torn", Slot::new, s -> s.r, s -> {
      Plain p = Plain.make();
      s.fast = p;
      s.plain = new WeakReference<>(p);
    }, s -> {
      Object o = s.plain;
      s.r = o == null ? "none" : see(((WeakReference<?>) o).get());
    });
    int bad = 0;
    for (int i = 0; i < 200; i++) {
      List<Plain> list = new ArrayList<>();
      Plain p = Plain.make();
      Thread t = new Thread(() -> {
        if (p.see().equals("whole")) list.add(Plain.make());
      });
      t.start();
      t.join();
      if (list.size() != 1 || !list.get(0).see().equals("whole")) bad++;
    }
    System.out.println("start and join: " + bad);
  }
}
