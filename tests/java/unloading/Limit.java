// Metaspace that may not grow beyond MaxMetaspaceSize: an error that can be caught, and room again when classes die.
// modes: default, baseline
// vmopts: -Xmx256m -XX:MaxMetaspaceSize=16m
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

public class Limit {
  static class Loader extends ClassLoader {
    Class<?> define(byte[] b) {
      return defineClass(null, b, 0, b.length);
    }
  }

  static int fill(List<Object> keep) throws Exception {
    int i = 0;
    for (; i < 100_000; i++) {
      byte[] b = Many.generate("Generated" + i, i & 0xff);
      keep.add(i % 2 == 0 ? new Loader().define(b).getConstructor().newInstance()
          : MethodHandles.lookup().defineHiddenClass(b, true).lookupClass());
    }
    return i;
  }

  public static void main(String[] args) throws Exception {
    for (int round = 0; round < 3; round++) {
      List<Object> keep = new ArrayList<>();
      Throwable thrown = null;
      try {
        fill(keep);
      } catch (OutOfMemoryError e) {
        thrown = e;
      }
      int sum = 0, count = keep.size();
      for (int i = 0; i < 10; i += 2)
        sum += ((IntSupplier) keep.get(i)).getAsInt();
      keep.clear(); // printing makes classes
      System.out.println(thrown);
      System.out.println(sum);
      System.out.println(count > 500);
    }
    List<Class<?>> few = new ArrayList<>();
    for (int i = 0; i < 100; i++)
      few.add(new Loader().define(Many.generate("Later" + i, i)));
    System.out.println(few.size());
  }
}
