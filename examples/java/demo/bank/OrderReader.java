package bank;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One order a line: `7 alice -> bob 12.50`, `8 alice + 100`, `9 alice - 20`. */
final class OrderReader {
  private static final Pattern LINE =
      Pattern.compile("(?<n>\\d+)\\s+(?<who>\\w+)\\s+(?<op>->|\\+|-)\\s+(?:(?<to>\\w+)\\s+)?(?<amount>[\\d.]+)");

  private OrderReader() {}

  static Result<Order> read(String line) {
    return Result.attempt(() -> {
      Matcher m = LINE.matcher(line.strip());
      if (!m.matches()) throw new BankException("cannot read: " + line.strip());
      int number = Integer.parseInt(m.group("n"));
      Money amount = Money.of(m.group("amount"));
      return switch (m.group("op")) {
        case "+" -> new Order.Deposit(number, m.group("who"), amount);
        case "-" -> new Order.Withdrawal(number, m.group("who"), amount);
        case "->" -> new Order.Transfer(number, m.group("who"), m.group("to"), amount);
        default -> throw new AssertionError(line);
      };
    });
  }

  static List<Result<Order>> readAll(String text) {
    return text.lines().filter(l -> !l.isBlank()).map(OrderReader::read).toList();
  }
}
