// CompletableFuture: chains, combinations, exceptions and how they are wrapped, timeouts, cancellation, async executors.
import java.util.*;
import java.util.concurrent.*;
import java.util.function.*;
import java.util.stream.*;

public class Futures {
  static void show(String what, CompletableFuture<?> f) {
    try {
      System.out.println(what + ": " + f.join());
    } catch (CompletionException | CancellationException e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage() + " <- " + e.getCause());
    }
  }

  static <T> T fail(String text) {
    throw new IllegalStateException(text);
  }

  public static void main(String[] args) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(3, r -> {
      Thread t = new Thread(r, "pool");
      t.setDaemon(true);
      return t;
    });
    show("apply", CompletableFuture.supplyAsync(() -> 20, pool).thenApply(x -> x + 1).thenApplyAsync(x -> x * 2, pool));
    show("async name", CompletableFuture.supplyAsync(() -> Thread.currentThread().getName(), pool));
    show("common is daemon", CompletableFuture.supplyAsync(() -> Thread.currentThread().isDaemon()));
    show("compose", CompletableFuture.supplyAsync(() -> 5).thenCompose(x -> CompletableFuture.supplyAsync(() -> x * x)));
    show("combine", CompletableFuture.supplyAsync(() -> "a").thenCombine(CompletableFuture.supplyAsync(() -> "b"),
        (a, b) -> a + b));
    StringBuilder log = new StringBuilder();
    CompletableFuture<Void> run = CompletableFuture.completedFuture(1).thenAccept(x -> log.append("accept ").append(x))
        .thenRun(() -> log.append(" run")).thenAcceptBoth(CompletableFuture.completedFuture(2), (v, x) -> log
            .append(" both ").append(v).append(x)).runAfterBoth(CompletableFuture.completedFuture(3), () -> log.append(
                " after"));
    show(log.toString(), run);
    show("either", new CompletableFuture<Integer>().applyToEither(CompletableFuture.completedFuture(7), x -> x + 1));

    // Exceptions: a stage that throws wraps once, whatever the depth.
    CompletableFuture<Integer> bad = CompletableFuture.supplyAsync(() -> fail("first"), pool);
    show("failed", bad);
    show("dependent", bad.thenApply(x -> x + 1).thenApply(x -> x + 2));
    show("exceptionally", bad.exceptionally(t -> {
      System.out.println("  sees " + t.getClass().getSimpleName() + ", cause " + t.getCause().getMessage());
      return -1;
    }));
    show("handle ok", CompletableFuture.completedFuture(3).handle((x, t) -> x + " " + t));
    show("handle bad", bad.thenApply(x -> x).handle((x, t) -> x + " " + t.getCause().getMessage()));
    show("whenComplete", bad.whenComplete((x, t) -> System.out.println("  when " + x + " " + t.getClass().getSimpleName())));
    show("whenComplete throws", CompletableFuture.completedFuture(1).whenComplete((x, t) -> fail("in when")));
    show("exceptionallyCompose", bad.exceptionallyCompose(t -> CompletableFuture.completedFuture(99)));
    CompletableFuture<String> direct = new CompletableFuture<>();
    System.out.println(direct.completeExceptionally(new java.io.IOException("io")) + " " + direct.complete("no") + " "
        + direct.isCompletedExceptionally());
    show("direct", direct);
    try {
      direct.get();
    } catch (ExecutionException e) {
      System.out.println("get: " + e.getMessage() + " <- " + e.getCause());
    }
    show("failedFuture", CompletableFuture.failedFuture(new Error("bare")));
    show("failedStage", CompletableFuture.failedStage(new RuntimeException("stage")).toCompletableFuture());

    // Cancellation and time.
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    CompletableFuture<Integer> child = cancelled.thenApply(String::length);
    System.out.println(cancelled.cancel(true) + " " + cancelled.isCancelled() + " " + cancelled.isDone() + " "
        + child.isCancelled() + " " + child.isCompletedExceptionally());
    show("cancelled", cancelled);
    show("child", child);
    show("orTimeout", new CompletableFuture<String>().orTimeout(5, TimeUnit.MILLISECONDS));
    show("completeOnTimeout", new CompletableFuture<String>().completeOnTimeout("late", 5, TimeUnit.MILLISECONDS));
    try {
      new CompletableFuture<String>().get(3, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      System.out.println("timeout " + e.getMessage());
    }
    long before = System.nanoTime();
    show("delayed", CompletableFuture.supplyAsync(() -> "d", CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)));
    System.out.println(System.nanoTime() - before >= 20_000_000);

    // All, any; many.
    List<CompletableFuture<Integer>> many = IntStream.range(0, 50).mapToObj(i -> CompletableFuture.supplyAsync(() -> i * i,
        pool)).collect(Collectors.toList());
    CompletableFuture<Integer> sum = CompletableFuture.allOf(many.toArray(new CompletableFuture[0])).thenApply(v -> many
        .stream().mapToInt(CompletableFuture::join).sum());
    show("sum", sum);
    CompletableFuture<Object> any = CompletableFuture.anyOf(new CompletableFuture<>(), CompletableFuture.completedFuture("w"));
    show("any", any);
    show("all none", CompletableFuture.allOf());
    System.out.println(CompletableFuture.anyOf().isDone());
    show("all bad", CompletableFuture.allOf(bad, CompletableFuture.completedFuture(1)));

    // Odds and ends.
    CompletableFuture<Integer> open = new CompletableFuture<>();
    System.out.println(open.getNow(-5) + " " + open.getNumberOfDependents());
    open.thenAccept(x -> {}); open.thenRun(() -> {});
    System.out.println(open.getNumberOfDependents());
    CompletableFuture<Integer> copy = open.copy();
    copy.complete(1);
    System.out.println(open.isDone() + " " + copy.join());
    open.obtrudeValue(10);
    open.obtrudeValue(11);
    System.out.println(open.join());
    open.obtrudeException(new Exception("obtruded"));
    show("obtruded", open);
    CompletionStage<Integer> minimal = CompletableFuture.completedStage(4);
    try {
      ((CompletableFuture<Integer>) minimal).join();
    } catch (UnsupportedOperationException e) {
      System.out.println("minimal stage " + e.getMessage());
    }
    System.out.println(minimal.toCompletableFuture().join());
    CompletableFuture<Integer> chain = CompletableFuture.completedFuture(0);
    for (int i = 0; i < 3000; i++) chain = chain.thenApply(x -> x + 1);
    show("chain", chain);
    CompletableFuture<Integer> root = new CompletableFuture<>(), deep = root;
    for (int i = 0; i < 3000; i++) deep = deep.thenApply(x -> x + 1);  // completes without recursion
    root.complete(0);
    show("deep", deep);
    pool.shutdownNow();
  }
}
