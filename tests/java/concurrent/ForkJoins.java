// ForkJoinPool: recursive tasks and actions, work stealing, exceptions across join, invokeAll, CountedCompleter, managed
// blocking, parallel sort, streams and prefix.
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.stream.*;

public class ForkJoins {
  static class Fib extends RecursiveTask<Integer> {
    final int n;

    Fib(int n) {
      this.n = n;
    }

    @Override
    protected Integer compute() {
      if (n < 2) return n;
      Fib left = new Fib(n - 1);
      left.fork();
      return new Fib(n - 2).compute() + left.join();
    }
  }

  static class Fill extends RecursiveAction {
    final int[] a;
    final int from, to;

    Fill(int[] a, int from, int to) {
      this.a = a;
      this.from = from;
      this.to = to;
    }

    @Override
    protected void compute() {
      if (to - from <= 50) {
        for (int i = from; i < to; i++) a[i] = i * 3;
      } else {
        int mid = (from + to) >>> 1;
        invokeAll(new Fill(a, from, mid), new Fill(a, mid, to));
      }
    }
  }

  static class Thrower extends RecursiveTask<String> {
    final int depth;

    Thrower(int depth) {
      this.depth = depth;
    }

    @Override
    protected String compute() {
      if (depth == 0) throw new IllegalArgumentException("at the bottom");
      Thrower t = new Thrower(depth - 1);
      t.fork();
      return t.join();
    }
  }

  static class Search extends CountedCompleter<Integer> {
    final int[] a;
    final int lo, hi, key;
    final AtomicReference<Integer> found;

    Search(CountedCompleter<?> parent, int[] a, int lo, int hi, int key, AtomicReference<Integer> found) {
      super(parent);
      this.a = a;
      this.lo = lo;
      this.hi = hi;
      this.key = key;
      this.found = found;
    }

    @Override
    public Integer getRawResult() {
      return found.get();
    }

    @Override
    public void compute() {
      int l = lo, h = hi;
      while (found.get() == null && h > l) {
        if (h - l >= 2) {
          int mid = (l + h) >>> 1;
          addToPendingCount(1);
          new Search(this, a, mid, h, key, found).fork();
          h = mid;
        } else {
          if (a[l] == key && found.compareAndSet(null, l)) quietlyCompleteRoot();
          break;
        }
      }
      tryComplete();
    }
  }

  public static void main(String[] args) throws Exception {
    ForkJoinPool pool = new ForkJoinPool(3);
    System.out.println(pool.invoke(new Fib(16)) + " " + pool.getParallelism() + " " + pool.getAsyncMode());
    int[] a = new int[1000];
    pool.submit(new Fill(a, 0, a.length)).get();
    System.out.println(Arrays.stream(a).sum());
    try {
      pool.invoke(new Thrower(5));
    } catch (IllegalArgumentException e) {
      Throwable root = e;
      while (root.getCause() != null) root = root.getCause();
      System.out.println(e.getMessage().endsWith("at the bottom") + " " + root.getMessage());
    }
    ForkJoinTask<String> failed = pool.submit(new Thrower(2));
    try {
      failed.get();
    } catch (ExecutionException e) {
      System.out.println("get: " + e.getCause().getClass().getSimpleName());
    }
    System.out.println(failed.isCompletedAbnormally() + " " + failed.isCompletedNormally() + " " + failed.isCancelled());
    System.out.println(pool.invoke(new Search(null, a, 0, a.length, 3 * 777, new AtomicReference<>())));
    System.out.println(pool.invoke(new Search(null, a, 0, a.length, 1, new AtomicReference<>())));
    RecursiveTask<Integer> never = new Fib(3);
    System.out.println(never.cancel(false) + " " + never.isCancelled());
    try {
      never.join();
    } catch (CancellationException e) {
      System.out.println("cancelled");
    }
    System.out.println(ForkJoinTask.inForkJoinPool() + " " + pool.submit(() -> ForkJoinTask.inForkJoinPool()).get() + " "
        + pool.submit(() -> ForkJoinTask.getPool() == pool).get());
    System.out.println(pool.submit(() -> Thread.currentThread() instanceof ForkJoinWorkerThread).get());

    // Adapted tasks, invokeAll and invokeAny.
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int k = i;
      calls.add(() -> k * k);
    }
    int sum = 0;
    for (Future<Integer> f : pool.invokeAll(calls)) sum += f.get();
    System.out.println(sum + " " + (pool.invokeAny(calls) >= 0));
    Collection<Fib> fibs = ForkJoinTask.invokeAll(List.of(new Fib(5), new Fib(6), new Fib(7)));
    System.out.println(fibs.stream().map(ForkJoinTask::join).collect(Collectors.toList()));

    // More blocked tasks than the parallelism: managed blocking adds workers.
    CountDownLatch all = new CountDownLatch(6);
    List<ForkJoinTask<?>> blocked = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      blocked.add(pool.submit(() -> {
        all.countDown();
        ForkJoinPool.managedBlock(new ForkJoinPool.ManagedBlocker() {
          @Override
          public boolean block() throws InterruptedException {
            all.await();
            return true;
          }

          @Override
          public boolean isReleasable() {
            return all.getCount() == 0;
          }
        });
        return 1;
      }));
    }
    for (ForkJoinTask<?> t : blocked) t.get();
    System.out.println("all " + all.getCount());

    // The library's own users of the common pool.
    int[] big = new Random(5).ints(20_000, 0, 1_000_000).toArray();
    int[] sorted = big.clone();
    Arrays.parallelSort(big);
    Arrays.sort(sorted);
    System.out.println(Arrays.equals(big, sorted));
    long[] prefix = new long[10_000];
    Arrays.parallelSetAll(prefix, i -> i);
    Arrays.parallelPrefix(prefix, Long::sum);
    System.out.println(prefix[9_999] + " " + prefix[100]);
    System.out.println(IntStream.range(0, 5000).parallel().filter(i -> i % 7 == 0).mapToLong(i -> i).sum());
    System.out.println(IntStream.range(0, 300).parallel().boxed().map(String::valueOf).collect(Collectors.joining()).length());
    System.out.println(IntStream.range(0, 2000).parallel().boxed().collect(Collectors.groupingByConcurrent(i -> i % 3,
        Collectors.counting())));
    System.out.println(Stream.iterate(1, x -> x + 1).parallel().limit(100).reduce(0, Integer::sum));
    System.out.println(IntStream.range(0, 1000).parallel().boxed().sorted(Comparator.reverseOrder()).findFirst().get());
    List<Integer> order = new ArrayList<>();
    IntStream.range(0, 10).parallel().forEachOrdered(order::add);
    System.out.println(order);
    try {
      IntStream.range(0, 100).parallel().forEach(i -> {
        if (i == 57) throw new IllegalStateException("57");
      });
    } catch (IllegalStateException e) {
      System.out.println("parallel stream threw " + e.getMessage());
    }
    pool.shutdown();
    System.out.println(pool.awaitTermination(5, TimeUnit.SECONDS) + " " + pool.isTerminated());
    try {
      pool.submit(new Fib(3));
    } catch (RejectedExecutionException e) {
      System.out.println("rejected");
    }
  }
}
