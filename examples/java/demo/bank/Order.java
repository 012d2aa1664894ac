package bank;

/** What a customer can ask of the bank. The compiler knows that there is nothing else. */
public sealed interface Order permits Order.Deposit, Order.Withdrawal, Order.Transfer {
  int number();

  record Deposit(int number, String account, Money amount) implements Order {}

  record Withdrawal(int number, String account, Money amount) implements Order {}

  record Transfer(int number, String from, String to, Money amount) implements Order {
    public Transfer {
      if (from.equals(to)) throw new IllegalArgumentException("order " + number + " goes in a circle");
    }
  }
}
