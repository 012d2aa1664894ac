package bank;

/** Balance and history, guarded by the account's own monitor. */
final class Account {
  enum Kind {
    CURRENT,
    SAVINGS {
      @Override
      Money limit() {
        return Money.ZERO;
      }
    };

    /** How far below zero it may go. */
    Money limit() {
      return Money.of("50");
    }
  }

  private final String name;
  private final Kind kind;
  private Money balance;
  private int entries;

  Account(String name, Kind kind, Money balance) {
    this.name = name;
    this.kind = kind;
    this.balance = balance;
  }

  String name() {
    return name;
  }

  Kind kind() {
    return kind;
  }

  synchronized Money balance() {
    return balance;
  }

  synchronized int entries() {
    return entries;
  }

  synchronized void add(Money amount) {
    balance = balance.plus(amount);
    entries++;
  }

  synchronized void take(Money amount) throws BankException {
    Money rest = balance.minus(amount);
    if (rest.plus(kind.limit()).compareTo(Money.ZERO) < 0) {
      throw new BankException.Overdrawn(name, balance, amount);
    }
    balance = rest;
    entries++;
  }
}
