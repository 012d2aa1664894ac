// Executors, futures, CompletableFuture, ForkJoin, latches, barriers, semaphores, phasers, timers.
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicInteger;

public class Executors1 {
  static class Fib extends RecursiveTask<Integer> {
    final int n;

    Fib(int n) {
      this.n = n;
    }

    @Override
    protected Integer compute() {
      if (n < 8) return n < 2 ? n : new Fib(n - 1).compute() + new Fib(n - 2).compute();
      Fib left = new Fib(n - 1);
      left.fork();
      return new Fib(n - 2).compute() + left.join();
    }
  }

  static String failure(Callable<?> c) {
    try {
      return "no failure " + c.call();
    } catch (Throwable t) {
      return t.getClass().getSimpleName() + (t.getCause() == null ? "" : " <- " + t.getCause());
    }
  }

  public static void main(String[] args) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Callable<Integer>> jobs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int k = i;
      jobs.add(() -> k * k);
    }
    int sum = 0;
    for (Future<Integer> f : pool.invokeAll(jobs)) sum += f.get();
    System.out.println(sum + " " + pool.invokeAny(List.of(() -> "any")));
    Future<Object> bad = pool.submit(() -> { throw new IllegalStateException("job"); });
    System.out.println(failure(bad::get) + " " + bad.isDone());
    CountDownLatch never = new CountDownLatch(1);
    Future<?> stuck = pool.submit(() -> { never.await(); return 1; });
    System.out.println(failure(() -> stuck.get(10, TimeUnit.MILLISECONDS)) + " " + stuck.cancel(true) + " "
        + stuck.isCancelled() + " " + failure(stuck::get));
    pool.shutdown();
    System.out.println(pool.awaitTermination(10, TimeUnit.SECONDS) + " " + pool.isTerminated() + " "
        + failure(() -> pool.submit(() -> 1)));
    CompletableFuture<String> cf = CompletableFuture.supplyAsync(() -> 20).thenApply(x -> x + 1)
        .thenCombine(CompletableFuture.supplyAsync(() -> 2), (a, b) -> a * b)
            .thenCompose(x -> CompletableFuture.supplyAsync(() -> "v" + x));
    System.out.println(cf.get() + " " + CompletableFuture.supplyAsync(() -> 1 / (args.length)).exceptionally(t -> -1)
        .join() + " "
        + CompletableFuture.completedFuture("now").handle((v, t) -> v + t).getNow("no") + " "
        + failure(() -> CompletableFuture.failedFuture(new Error("f")).join()));
    CompletableFuture<?>[] all = new CompletableFuture<?>[20];
    AtomicInteger ran = new AtomicInteger();
    for (int i = 0; i < all.length; i++) all[i] = CompletableFuture.runAsync(ran::incrementAndGet);
    CompletableFuture.allOf(all).join();
    System.out.println(ran + " " + new ForkJoinPool(3).invoke(new Fib(18)) + " " + ForkJoinPool.commonPool()
        .invoke(new Fib(15)));
    CyclicBarrier barrier = new CyclicBarrier(4, ran::incrementAndGet);
    CountDownLatch done = new CountDownLatch(4);
    Semaphore two = new Semaphore(2);
    AtomicInteger inside = new AtomicInteger(), most = new AtomicInteger();
    Exchanger<String> swap = new Exchanger<>();
    Set<String> swapped = new ConcurrentSkipListSet<>();
    for (int i = 0; i < 4; i++) {
      int me = i;
      new Thread(() -> {
        try {
          for (int k = 0; k < 10; k++) barrier.await();
          two.acquire();
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          Thread.sleep(2);
          inside.decrementAndGet();
          two.release();
          if (me < 2) swapped.add(me + swap.exchange("from" + me));
        } catch (Exception e) {
          System.out.println(e);
        }
        done.countDown();
      }).start();
    }
    done.await();
    System.out.println(ran + " " + (most.get() <= 2) + " " + swapped + " " + two.availablePermits() + " "
        + done.getCount());
    ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    CountDownLatch ticks = new CountDownLatch(3);
    ScheduledFuture<?> every = timer.scheduleAtFixedRate(ticks::countDown, 1, 1, TimeUnit.MILLISECONDS);
    ticks.await();
    every.cancel(false);
    System.out.println(timer.schedule(() -> "later", 5, TimeUnit.MILLISECONDS).get() + " " + every.isCancelled() + " "
        + timer.shutdownNow().size());
    Timer old = new Timer("timer", true);
    CountDownLatch fired = new CountDownLatch(2);
    old.schedule(new TimerTask() {
      @Override
      public void run() {
        fired.countDown();
        if (fired.getCount() == 0) cancel();
      }
    }, 1, 1);
    fired.await();
    old.cancel();
    System.out.println(failure(() -> { old.schedule(null, 1); return 0; }));
    Phaser phaser = new Phaser(1);
    int[] phases = new int[3];
    for (int i = 0; i < 3; i++) {
      int me = i;
      phaser.register();
      new Thread(() -> {
        for (int p = 0; p < 4; p++) phases[me] += phaser.arriveAndAwaitAdvance();
        phaser.arriveAndDeregister();
      }).start();
    }
    for (int p = 0; p < 4; p++) phaser.arriveAndAwaitAdvance();
    System.out.println(Arrays.toString(phases).equals(Arrays.toString(phases)) + " " + (phaser.getPhase() >= 4) + " "
        + phaser.arriveAndDeregister() / 4);
    ExecutorService single = Executors.newSingleThreadExecutor(r -> new Thread(r, "custom"));
    StringBuffer order = new StringBuffer();
    for (int i = 0; i < 10; i++) {
      int k = i;
      single.execute(() -> order.append(k));
    }
    System.out.println(single.submit(() -> Thread.currentThread().getName() + order).get());
    List<Runnable> left = single.shutdownNow();
    System.out.println(left.size() + " " + Executors.callable(() -> {}, "r").call());
  }
}
