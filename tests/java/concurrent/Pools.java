// Executors: thread pool growth and rejection policies, schedules, invokeAny, interruption of workers, hooks, a worker that
// dies of an exception, FutureTask states.
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

public class Pools {
  static void policies() throws Exception {
    for (RejectedExecutionHandler h : List.of(new ThreadPoolExecutor.AbortPolicy(), new ThreadPoolExecutor.CallerRunsPolicy(),
        new ThreadPoolExecutor.DiscardPolicy(), new ThreadPoolExecutor.DiscardOldestPolicy())) {
      CountDownLatch go = new CountDownLatch(1);
      ConcurrentSkipListSet<String> ran = new ConcurrentSkipListSet<>();
      ThreadPoolExecutor p = new ThreadPoolExecutor(1, 2, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), h);
      String thrown = "";
      for (int i = 0; i < 5; i++) {
        int k = i;
        Thread main = Thread.currentThread();
        try {
          p.execute(() -> {
            if (Thread.currentThread() != main) {
              try {
                go.await();
              } catch (InterruptedException e) {
                ran.add("interrupted");
              }
            }
            ran.add(k + (Thread.currentThread() == main ? "main" : ""));
          });
        } catch (RejectedExecutionException e) {
          thrown += k;
        }
      }
      String sizes = p.getPoolSize() + "/" + p.getQueue().size() + "/" + p.getActiveCount();
      go.countDown();
      p.shutdown();
      System.out.println(h.getClass().getSimpleName() + " " + p.awaitTermination(5, TimeUnit.SECONDS) + " " + ran + " " + thrown
          + " " + sizes + " " + p.getLargestPoolSize() + " " + p.getCompletedTaskCount());
    }
  }

  static void hooks() throws Exception {
    AtomicInteger before = new AtomicInteger(), after = new AtomicInteger(), threads = new AtomicInteger();
    ConcurrentLinkedQueue<String> deaths = new ConcurrentLinkedQueue<>();
    CountDownLatch died = new CountDownLatch(1);
    ThreadPoolExecutor p = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), r -> {
      Thread t = new Thread(r, "worker" + threads.incrementAndGet());
      t.setUncaughtExceptionHandler((x, e) -> {
        deaths.add(x.getName() + " " + e.getMessage());
        died.countDown();
      });
      return t;
    }) {
      @Override
      protected void beforeExecute(Thread t, Runnable r) {
        before.incrementAndGet();
      }

      @Override
      protected void afterExecute(Runnable r, Throwable t) {
        after.incrementAndGet();
        if (t != null) deaths.add("after " + t.getMessage());
      }

      @Override
      protected void terminated() {
        deaths.add("terminated");
      }
    };
    p.execute(() -> {
      throw new IllegalStateException("worker dies");
    });
    Future<Integer> ok = p.submit(() -> 42);
    Future<Integer> bad = p.submit(() -> {
      throw new java.io.IOException("kept in the future");
    });
    System.out.println(ok.get());
    try {
      bad.get();
    } catch (ExecutionException e) {
      System.out.println(e.getMessage());
    }
    p.shutdown();
    p.awaitTermination(5, TimeUnit.SECONDS);
    died.await();
    List<String> sorted = new ArrayList<>(deaths);
    Collections.sort(sorted);
    System.out.println(before + " " + after + " " + threads + " " + sorted);
  }

  static void schedules() throws Exception {
    ScheduledThreadPoolExecutor s = new ScheduledThreadPoolExecutor(2);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    ScheduledFuture<Integer> early = s.schedule(() -> {
      order.add("early");
      return 3;
    }, 5, TimeUnit.MILLISECONDS);
    System.out.println(early.get() + " " + early.isDone());
    CountDownLatch ticks = new CountDownLatch(4);
    ScheduledFuture<?> rate = s.scheduleAtFixedRate(ticks::countDown, 0, 3, TimeUnit.MILLISECONDS);
    ticks.await();
    System.out.println(rate.cancel(false) + " " + rate.isCancelled() + " " + rate.isDone());
    AtomicInteger runs = new AtomicInteger();
    ScheduledFuture<?> dies = s.scheduleWithFixedDelay(() -> {
      if (runs.incrementAndGet() == 3) throw new IllegalStateException("third run");
    }, 1, 1, TimeUnit.MILLISECONDS);
    try {
      dies.get();
    } catch (ExecutionException e) {
      System.out.println(e.getCause().getMessage() + " after " + runs);
    }
    ScheduledFuture<?> far = s.schedule(() -> order.add("never"), 1, TimeUnit.HOURS);
    System.out.println(far.getDelay(TimeUnit.MINUTES) + " " + far.compareTo(early));
    s.schedule(() -> order.add("late"), 30, TimeUnit.MILLISECONDS);
    s.setRemoveOnCancelPolicy(true);
    far.cancel(true);
    s.shutdown();  // delayed tasks still run
    System.out.println(s.awaitTermination(5, TimeUnit.SECONDS) + " " + order);
  }

  static void tasks() throws Exception {
    ExecutorService p = Executors.newCachedThreadPool();
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch started = new CountDownLatch(1), ended = new CountDownLatch(1);
    Future<?> sleeper = p.submit(() -> {
      started.countDown();
      try {
        Thread.sleep(100_000);
      } catch (InterruptedException e) {
        interrupted.set(true);
      }
      ended.countDown();
    });
    started.await();
    System.out.println(sleeper.cancel(true) + " " + sleeper.isCancelled());
    ended.await();
    System.out.println(interrupted);
    String any = p.invokeAny(List.of(() -> {
      throw new IllegalStateException();
    }, () -> "winner", () -> {
      Thread.sleep(50_000);
      return "sleeper";
    }));
    System.out.println(any);
    try {
      p.invokeAny(List.of(() -> {
        throw new IllegalStateException("all fail");
      }));
    } catch (ExecutionException e) {
      System.out.println(e.getCause().getMessage());
    }
    List<Future<String>> fs = p.invokeAll(List.of(() -> "fast", () -> {
      Thread.sleep(50_000);
      return "slow";
    }), 50, TimeUnit.MILLISECONDS);
    System.out.println(fs.get(0).get() + " " + fs.get(1).isCancelled());
    CompletionService<Integer> cs = new ExecutorCompletionService<>(p);
    for (int i = 0; i < 5; i++) {
      int k = i;
      cs.submit(() -> k);
    }
    int sum = 0;
    for (int i = 0; i < 5; i++) sum += cs.take().get();
    System.out.println(sum + " " + cs.poll());
    FutureTask<String> ft = new FutureTask<>(() -> "once");
    ft.run();
    ft.run();
    System.out.println(ft.get() + " " + ft.toString().replaceAll(".*\\[", "["));
    Future<?> blocked = p.submit(() -> new CountDownLatch(1).await(100, TimeUnit.SECONDS));
    List<Runnable> left = p.shutdownNow();
    System.out.println(left.size() + " " + p.awaitTermination(5, TimeUnit.SECONDS));
    try {
      blocked.get();
    } catch (ExecutionException e) {
      System.out.println(e.getCause().getClass().getSimpleName());
    }
    ExecutorService single = Executors.newSingleThreadExecutor();
    StringBuffer seq = new StringBuffer();
    for (int i = 0; i < 10; i++) {
      int k = i;
      single.execute(() -> seq.append(k));
    }
    single.shutdown();
    single.awaitTermination(5, TimeUnit.SECONDS);
    System.out.println(seq);
    Callable<Object> adapted = Executors.callable(() -> seq.append('!'), "result");
    System.out.println(adapted.call() + " " + seq);
    ExecutorService stealing = Executors.newWorkStealingPool(2);
    System.out.println(stealing.submit(() -> "stolen").get());
    stealing.shutdown();
  }

  public static void main(String[] args) throws Exception {
    policies();
    hooks();
    schedules();
    tasks();
  }
}
