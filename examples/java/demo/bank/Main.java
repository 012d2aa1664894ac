package bank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A day at a small bank: orders are read and carried out, then eight clerks shuffle money about at
 * the same time, and in the evening the books must balance.
 */
public final class Main {
  private static final String ORDERS =
      """
      1 alice + 250.00
      2 bob - 30
      3 alice -> carol 99.95
      4 carol - 1000
      5 dave -> dave 10
      6 zoe + 1
      7 bob -> dave 80.05
      8 this is not an order
      9 dave -> erin 400
      10 erin - 500.01
      """;

  private static final int CLERKS = 8;
  private static final int ROUNDS = 2000;

  private Main() {}

  public static void main(String[] args) throws Exception {
    Bank bank = new Bank();
    bank.open("alice", Account.Kind.CURRENT, Money.of("100"));
    bank.open("bob", Account.Kind.CURRENT, Money.of("60"));
    bank.open("carol", Account.Kind.SAVINGS, Money.of("800"));
    bank.open("dave", Account.Kind.CURRENT, Money.of("320"));
    bank.open("erin", Account.Kind.SAVINGS, Money.of("100.01"));

    morning(bank);
    statement(bank);
    afternoon(bank);
    evening(bank);
  }

  private static void morning(Bank bank) {
    for (Result<Order> read : OrderReader.readAll(ORDERS)) {
      String line = read.fold(
          order -> {
            Result<Money> done = Result.attempt(() -> bank.carryOut(order));
            String what = done.fold(amount -> "ok, " + amount, why -> "refused: " + why);
            return "%2d %-10s %s".formatted(order.number(), order.getClass().getSimpleName(), what);
          },
          why -> " ? " + why);
      System.out.println(line);
    }
  }

  private static void statement(Bank bank) {
    Map<Account.Kind, List<String>> byKind = bank.accounts().stream()
        .sorted(Comparator.comparing(Account::balance).reversed())
        .collect(Collectors.groupingBy(Account::kind, TreeMap::new,
            Collectors.mapping(a -> a.name() + " " + a.balance(), Collectors.toList())));
    byKind.forEach((kind, lines) -> {
      var title = switch (kind) {
        case CURRENT -> "current accounts";
        case SAVINGS -> "savings";
      };
      System.out.println(title + ": " + String.join(", ", lines));
    });
  }

  private static void afternoon(Bank bank) throws Exception {
    List<String> names = bank.accounts().stream().map(Account::name).toList();
    Money before = bank.total();
    LongAdder refused = new LongAdder();
    CountDownLatch doors = new CountDownLatch(1);
    ExecutorService clerks = Executors.newFixedThreadPool(CLERKS);
    List<Future<Integer>> shifts = new ArrayList<>();
    for (int clerk = 0; clerk < CLERKS; clerk++) {
      int seed = clerk;
      shifts.add(clerks.submit(() -> {
        doors.await();
        return shift(bank, names, seed, refused);
      }));
    }
    doors.countDown();
    IntSummaryStatistics carriedOut = new IntSummaryStatistics();
    for (Future<Integer> shift : shifts) carriedOut.accept(shift.get());
    clerks.shutdown();

    System.out.println("clerks: " + carriedOut.getCount() + ", orders: "
        + (carriedOut.getSum() + refused.sum()) + ", books balance: " + before.equals(bank.total()));
  }

  /** How many of a clerk's transfers went through; which ones do depends on who came first. */
  private static int shift(Bank bank, List<String> names, int seed, LongAdder refused) {
    long random = seed * 0x9E3779B97F4A7C15L + 1;
    int done = 0;
    for (int i = 0; i < ROUNDS; i++) {
      random = random * 6364136223846793005L + 1442695040888963407L;
      int from = (int) (random >>> 33) % names.size();
      int to = (from + 1 + (int) (random >>> 40 & 3)) % names.size();
      Order order = new Order.Transfer(i, names.get(from), names.get(to), new Money(random >>> 52));
      done += Result.attempt(() -> bank.carryOut(order)).fold(amount -> 1, why -> {
        refused.increment();
        return 0;
      });
    }
    return done;
  }

  private static void evening(Bank bank) {
    boolean nobodyTooFar = bank.accounts().stream()
        .allMatch(a -> a.balance().plus(a.kind().limit()).compareTo(Money.ZERO) >= 0);
    System.out.println("total " + bank.total() + ", all within their limits: " + nobodyTooFar);
    System.out.println(IntStream.rangeClosed(1, 30)
        .mapToObj(day -> day % 15 == 0 ? "closed" : day % 5 == 0 ? "audit" : day % 3 == 0 ? "late" : ".")
        .collect(Collectors.joining(" ", "next month: ", "")));
  }
}
