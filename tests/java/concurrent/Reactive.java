// java.util.concurrent.Flow with SubmissionPublisher: demand, back pressure, a processor in between, errors, cancellation.
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;

public class Reactive {
  static class Collect<T> implements Flow.Subscriber<T> {
    final List<T> items = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch end = new CountDownLatch(1);
    final int batch, stopAt;
    volatile String outcome = "none";
    Flow.Subscription subscription;

    Collect(int batch, int stopAt) {
      this.batch = batch;
      this.stopAt = stopAt;
    }

    @Override
    public void onSubscribe(Flow.Subscription s) {
      subscription = s;
      s.request(batch);
    }

    @Override
    public void onNext(T item) {
      items.add(item);
      if (items.size() == stopAt) {
        subscription.cancel();
        outcome = "cancelled";
        end.countDown();
      } else if (items.size() % batch == 0) {
        subscription.request(batch);
      }
    }

    @Override
    public void onError(Throwable t) {
      outcome = "error " + t.getMessage();
      end.countDown();
    }

    @Override
    public void onComplete() {
      outcome = "complete";
      end.countDown();
    }

    void await() throws InterruptedException {
      end.await();
      System.out.println(outcome + " " + items);
    }
  }

  static class Map<A, B> extends SubmissionPublisher<B> implements Flow.Processor<A, B> {
    final Function<A, B> f;
    Flow.Subscription subscription;

    Map(Function<A, B> f) {
      this.f = f;
    }

    @Override
    public void onSubscribe(Flow.Subscription s) {
      (subscription = s).request(1);
    }

    @Override
    public void onNext(A item) {
      submit(f.apply(item));
      subscription.request(1);
    }

    @Override
    public void onError(Throwable t) {
      closeExceptionally(t);
    }

    @Override
    public void onComplete() {
      close();
    }
  }

  public static void main(String[] args) throws Exception {
    Collect<Integer> a = new Collect<>(1, -1), b = new Collect<>(7, -1), c = new Collect<>(2, 4);
    try (SubmissionPublisher<Integer> p = new SubmissionPublisher<>()) {
      p.subscribe(a);
      p.subscribe(b);
      p.subscribe(c);
      System.out.println(p.getNumberOfSubscribers() + " " + p.hasSubscribers() + " " + p.isSubscribed(a));
      for (int i = 0; i < 20; i++) p.submit(i);
    }
    a.await();
    b.await();
    c.await();
    Collect<String> text = new Collect<>(3, -1);
    try (SubmissionPublisher<Integer> p = new SubmissionPublisher<>()) {
      Map<Integer, Integer> square = new Map<>(x -> x * x);
      Map<Integer, String> hex = new Map<>(Integer::toHexString);
      hex.subscribe(text);
      square.subscribe(hex);
      p.subscribe(square);
      for (int i = 0; i < 10; i++) p.submit(i);
    }
    text.await();
    Collect<Integer> failed = new Collect<>(10, -1);
    SubmissionPublisher<Integer> p = new SubmissionPublisher<>(Runnable::run, 4);
    p.subscribe(failed);
    p.submit(1);
    p.closeExceptionally(new IllegalStateException("source broke"));
    failed.await();
    System.out.println(p.isClosed() + " " + p.getClosedException().getMessage());
    try {
      p.submit(2);
    } catch (IllegalStateException e) {
      System.out.println("closed");
    }
    // No demand: the buffer fills, offer drops.
    Collect<Integer> stuck = new Collect<>(1, -1) {
      @Override
      public void onSubscribe(Flow.Subscription s) {
        subscription = s;
      }
    };
    SubmissionPublisher<Integer> slow = new SubmissionPublisher<>(Runnable::run, 4);
    slow.subscribe(stuck);
    AtomicInteger drops = new AtomicInteger();
    for (int i = 0; i < 10; i++) {
      slow.offer(i, (s, item) -> {
        drops.incrementAndGet();
        return false;
      });
    }
    System.out.println(drops + " dropped, lag " + slow.estimateMaximumLag() + ", demand " + slow.estimateMinimumDemand());
    stuck.subscription.request(100);
    slow.close();
    stuck.await();
    Collect<Integer> bad = new Collect<>(1, -1) {
      @Override
      public void onSubscribe(Flow.Subscription s) {
        subscription = s;
        s.request(-1);
      }
    };
    SubmissionPublisher<Integer> q = new SubmissionPublisher<>(Runnable::run, 4);
    q.subscribe(bad);
    bad.end.await();
    System.out.println(bad.outcome.startsWith("error"));
    CompletableFuture<Void> all = new SubmissionPublisher<Integer>() {
      CompletableFuture<Void> go() {
        CompletableFuture<Void> done = consume(x -> System.out.print(x + " "));
        for (int i = 0; i < 5; i++) submit(i);
        close();
        return done;
      }
    }.go();
    all.get();
    System.out.println(all.isDone());
  }
}
