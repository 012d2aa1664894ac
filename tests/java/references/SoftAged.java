// modes: default,baseline
// vmopts: -Xmx64m -XX:SoftRefLRUPolicyMSPerMB=0
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;

/** Softly reachable objects that nobody asked for between two collections are cleared, when there is no grace. */
public class SoftAged {
  static void collect() throws Exception {
    Thread.sleep(20); // the clock counts milliseconds
    System.gc();
  }

  static SoftReference<Object> soft(ReferenceQueue<Object> queue) {
    return new SoftReference<>(new byte[100], queue);
  }

  public static void main(String[] args) throws Exception {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    collect();
    SoftReference<Object> idle = soft(queue), used = soft(queue);
    collect();
    System.out.println("new: " + !idle.refersTo(null) + " " + !used.refersTo(null));
    for (int i = 0; i < 3; i++) {
      boolean there = used.get() != null;
      collect();
      System.out.println(i + ": idle " + !idle.refersTo(null) + " used " + there + " " + !used.refersTo(null));
    }
    collect();
    System.out.println("no longer used: " + !used.refersTo(null));
    Reference<?> one = queue.remove(10000), other = queue.remove(10000);
    System.out.println((one == idle || one == used) + " " + (other == idle || other == used) + " " + (one != other)
        + " " + queue.poll());
    Object strong = new Object();
    SoftReference<Object> held = new SoftReference<>(strong);
    for (int i = 0; i < 3; i++)
      collect();
    System.out.println("held: " + !held.refersTo(null));
    Reference.reachabilityFence(strong);
  }
}
