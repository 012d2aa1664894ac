package bank;

public class BankException extends Exception {
  private static final long serialVersionUID = 1;

  public BankException(String message) {
    super(message);
  }

  static final class NoSuchAccount extends BankException {
    private static final long serialVersionUID = 1;

    NoSuchAccount(String account) {
      super("no account " + account);
    }
  }

  static final class Overdrawn extends BankException {
    private static final long serialVersionUID = 1;

    Overdrawn(String account, Money balance, Money wanted) {
      super("%s has %s, not %s".formatted(account, balance, wanted));
    }
  }
}
