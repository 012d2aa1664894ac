// Critical sections of several threads while others allocate and collect: the memory stays where C writes to it.
import java.util.ArrayList;
import java.util.List;

public class JniPins {
  /** Adds `step` to every element of both, with pauses, and returns how many were not what they had been. */
  static native int add(int[] numbers, byte[] bytes, int step, int pauses);

  static volatile boolean done;
  static volatile Object sink;

  static int rounds(int seed) {
    int wrong = 0;
    for (int round = 0; round < 10; round++) {
      int[] numbers = new int[100 + seed];
      byte[] bytes = new byte[7 + 1000 * seed];
      for (int i = 0; i < 3; i++) {
        wrong += add(numbers, bytes, seed, 3);
        wrong += add(numbers, bytes, 0, 0);
      }
      for (int v : numbers)
        wrong += v == 3 * seed ? 0 : 1;
      for (byte b : bytes)
        wrong += b == 3 * seed ? 0 : 1;
    }
    return wrong;
  }

  public static void main(String[] args) throws InterruptedException {
    System.loadLibrary("JniPins");
    int[] wrong = new int[5];
    List<Thread> threads = new ArrayList<>();
    for (int k = 1; k < wrong.length; k++) {
      int seed = k;
      Thread t = new Thread(() -> wrong[seed] = rounds(seed));
      threads.add(t);
      t.start();
    }
    Thread garbage = new Thread(() -> {
      for (int i = 0; !done; i++) {
        sink = new byte[1000 + i % 5000];
        if (i % 1000 == 0)
          System.gc();
      }
    });
    garbage.start();
    for (Thread t : threads)
      t.join();
    done = true;
    garbage.join();
    for (int k = 1; k < wrong.length; k++)
      System.out.println("thread " + k + ": " + wrong[k] + " wrong");
  }
}
