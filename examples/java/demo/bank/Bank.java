package bank;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Accounts by name, and what carries out orders on them from any thread. */
final class Bank {
  private final Map<String, Account> accounts = new TreeMap<>();

  void open(String name, Account.Kind kind, Money balance) {
    if (accounts.putIfAbsent(name, new Account(name, kind, balance)) != null) {
      throw new IllegalStateException(name + " is open");
    }
  }

  Collection<Account> accounts() {
    return Collections.unmodifiableCollection(accounts.values());
  }

  Money total() {
    return accounts.values().stream().map(Account::balance).reduce(Money.ZERO, Money::plus);
  }

  private Account find(String name) throws BankException {
    Account account = accounts.get(name);
    if (account == null) throw new BankException.NoSuchAccount(name);
    return account;
  }

  /** Both accounts of a transfer are locked in the order of their names, so nobody waits in a ring. */
  Money carryOut(Order order) throws BankException {
    if (order instanceof Order.Deposit d) {
      find(d.account()).add(d.amount());
      return d.amount();
    } else if (order instanceof Order.Withdrawal w) {
      find(w.account()).take(w.amount());
      return w.amount();
    } else if (order instanceof Order.Transfer t) {
      Account from = find(t.from());
      Account to = find(t.to());
      boolean inOrder = from.name().compareTo(to.name()) < 0;
      synchronized (inOrder ? from : to) {
        synchronized (inOrder ? to : from) {
          from.take(t.amount());
          to.add(t.amount());
        }
      }
      return t.amount();
    }
    throw new AssertionError(order);
  }
}
