// Random generators with known seeds: Random, SplittableRandom, the RandomGenerator family, bounded values, streams, gaussians, shuffles; statistics; BitSet.
import java.util.*;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.*;
import java.util.stream.*;

public class Randoms {
  public static void main(String[] args) {
    Random r = new Random(42);
    System.out.println(r.nextInt() + " " + r.nextInt(100) + " " + r.nextLong() + " " + r.nextDouble() + " " + r.nextFloat() + " " + r.nextBoolean() + " " + r.nextGaussian() + " " + r.nextInt(1 << 20) + " " + r.ints(5, 0, 10).boxed().collect(
        Collectors.toList()) + " " + r.nextInt(5, 8) + " " + r.nextLong(1000) + " " + r.doubles(2).boxed().toList());
    byte[] b = new byte[7];
    r.nextBytes(b);
    System.out.println(Arrays.toString(b));
    SplittableRandom s = new SplittableRandom(7);
    SplittableRandom t = s.split();
    System.out.println(s.nextInt() + " " + t.nextLong() + " " + s.nextInt(10, 20) + " " + t.ints(3, 0, 100).sum() + " " + s.nextDouble(5));
    for (String n : List.of("L32X64MixRandom", "L64X128MixRandom", "L128X256MixRandom", "Xoroshiro128PlusPlus", "Xoshiro256PlusPlus", "Random", "SplittableRandom")) {
      RandomGenerator g = RandomGeneratorFactory.of(n).create(99);
      System.out.println(n + " " + g.nextLong() + " " + g.nextInt(1000) + " " + g.nextDouble() + " " + g.nextGaussian() + " " + RandomGeneratorFactory.of(n).stateBits() + " " + RandomGeneratorFactory.of(n).isJumpable());
    }
    try {
      RandomGenerator.of("Nope");
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    for (Runnable bad : List.<Runnable>of(() -> r.nextInt(0), () -> r.nextInt(5, 5), () -> r.ints(-1), () -> r.doubles(1, 2, 1))) {
      try {
        bad.run();
      } catch (IllegalArgumentException e) {
        System.out.print(e.getMessage() + "; ");
      }
    }
    List<Integer> l = IntStream.range(0, 20).boxed().collect(Collectors.toList());
    Collections.shuffle(l, new Random(3));
    System.out.println(l);
    int[] hist = new int[6];
    Random d = new Random(1);
    for (int i = 0; i < 20_000; i++) hist[d.nextInt(6)]++;
    System.out.println(Arrays.toString(hist) + " " + ThreadLocalRandom.current().ints(1000, 3, 9).allMatch(i -> i >= 3 && i < 9));
    BitSet p = new BitSet();
    p.set(2, 2000);
    for (int i = 2; i * i < 2000; i++) if (p.get(i)) for (int j = i * i; j < 2000; j += i) p.clear(j);
    BitSet odd = new BitSet();
    for (int i = 1; i < 2000; i += 2) odd.set(i);
    BitSet q = (BitSet) p.clone();
    q.andNot(odd);
    System.out.println(p.cardinality() + " " + q + " " + p.nextSetBit(1000) + " " + p.previousClearBit(31) + " " + p.length() + " " + p.intersects(odd) + " " + p.stream().skip(100).findFirst().getAsInt() + " " + p.hashCode() + " " + BitSet
        .valueOf(new long[] {5, 1}).toString() + " " + p.get(10, 30) + " " + p.toLongArray()[0]);
    DoubleSummaryStatistics st = new Random(8).doubles(1000).summaryStatistics();
    System.out.println(st.getMin() + " " + st.getMax() + " " + st.getAverage() + " " + st.getCount());
  }
}
