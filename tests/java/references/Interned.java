// Interned strings: one of each text while anybody has it, gone when nobody does, literals for as long as their class.
// modes: default,moving,verify
import java.lang.ref.*;
import java.util.*;

public class Interned {
  static final List<Reference<String>> REFS = new ArrayList<>();

  static String text(int i) {
    return new String("text of " + i + (i % 3 == 0 ? "\u20ac" : ""));
  }

  static void make(List<String> kept) {
    for (int i = 0; i < 9000; i++) {
      String s = text(i).intern();
      REFS.add(new WeakReference<>(s));
      if (i % 10 == 0) kept.add(s);
    }
  }

  static long there() {
    return REFS.stream().filter(r -> r.get() != null).count();
  }

  static boolean until(long n) throws InterruptedException {
    for (int i = 0; i < 50 && there() != n; i++) {
      System.gc();
      Thread.sleep(1);
    }
    return there() == n;
  }

  static String literal() {
    return "a literal of this class";
  }

  public static void main(String[] args) throws Exception {
    int id = System.identityHashCode(literal());
    List<String> kept = new ArrayList<>();
    make(kept);
    System.out.println(until(900) + " " + kept.size());
    int same = 0, found = 0;
    for (int i = 0; i < 9000; i++) {
      String s = text(i).intern();
      if (i % 10 == 0 && s == kept.get(i / 10)) same++;
      if (s == text(i).intern() && s.equals(text(i))) found++;
    }
    System.out.println(same + " " + found);
    kept.clear();
    System.out.println(until(0));
    System.out.println((id == System.identityHashCode(literal())) + " " + (literal() == new String("a literal of this "
        + "class").intern()));
  }
}
