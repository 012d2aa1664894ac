// vmopts: -Xmx32m -XX:SoftRefLRUPolicyMSPerMB=100
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;

/** The grace is so much for each megabyte that is free: some seconds here, and little in a heap that is nearly full. */
public class SoftGrace {
  static SoftReference<Object> soft() {
    return new SoftReference<>(new byte[100]);
  }

  public static void main(String[] args) throws Exception {
    SoftReference<Object> s;
    long start;
    int tries = 0;
    do { // a slow machine may take longer than the grace is
      start = System.nanoTime();
      s = soft();
      System.gc();
      Thread.sleep(300);
      System.gc();
      Thread.sleep(300);
      System.gc();
    } while (System.nanoTime() - start > 2_000_000_000L && ++tries < 20);
    System.out.println("much free: " + !s.refersTo(null));
    Thread.sleep(4000);
    System.gc();
    System.gc();
    System.out.println("long ago: " + !s.refersTo(null));

    List<byte[]> ballast = new ArrayList<>();
    for (int i = 0; i < 25; i++)
      ballast.add(new byte[900_000]);
    System.gc();
    SoftReference<Object> small = soft();
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(1100);
    }
    System.out.println("little free: " + !small.refersTo(null) + " " + ballast.size());
  }
}
