import java.lang.reflect.Array;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Runs a litmus test: actors race over many fresh states, and outcomes that match a pattern are forbidden. */
class Race {
  static final int ROUNDS = Integer.getInteger("litmus.rounds", 10), STATES = 200;

  interface Actor<S> {
    void act(S state) throws Exception;
  }

  @SafeVarargs
  static <S> void run(String name, String forbidden, Supplier<S> make, Function<S, String> outcome, Actor<S>... actors)
      throws Exception {
    Object[] states = new Object[STATES];
    Map<String, Integer> seen = new TreeMap<>();
    CyclicBarrier start = new CyclicBarrier(actors.length + 1), end = new CyclicBarrier(actors.length + 1);
    Thread[] threads = new Thread[actors.length];
    for (int a = 0; a < actors.length; a++) {
      Actor<S> actor = actors[a];
      threads[a] = new Thread(() -> act(states, actor, start, end));
      threads[a].start();
    }
    for (int r = 0; r < ROUNDS; r++) {
      for (int i = 0; i < STATES; i++) states[i] = make.get();
      start.await();
      end.await();
      for (Object s : states) {
        @SuppressWarnings("unchecked")
        String o = outcome.apply((S) s);
        seen.put(o, seen.getOrDefault(o, 0) + 1);
      }
    }
    for (Thread t : threads) t.join();
    Pattern no = Pattern.compile(forbidden);
    seen.keySet().removeIf(o -> !no.matcher(o).matches());
    System.out.println(name + ": " + (seen.isEmpty() ? "ok" : "forbidden " + seen));
  }

  @SuppressWarnings("unchecked")
  private static <S> void act(Object[] states, Actor<S> actor, CyclicBarrier start, CyclicBarrier end) {
    try {
      for (int r = 0; r < ROUNDS; r++) {
        start.await();
        for (Object s : states) actor.act((S) s);
        end.await();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
