package bank;

/** An amount in cents: never a fraction, never a double. */
public record Money(long cents) implements Comparable<Money> {
  public static final Money ZERO = new Money(0);

  public static Money of(String text) {
    String[] parts = text.split("\\.");
    long cents = Long.parseLong(parts[0]) * 100;
    return new Money(parts.length == 1 ? cents : cents + Long.parseLong(parts[1]));
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(cents, other.cents));
  }

  public Money minus(Money other) {
    return new Money(Math.subtractExact(cents, other.cents));
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(cents, other.cents);
  }

  @Override
  public String toString() {
    return "%s%,d.%02d".formatted(cents < 0 ? "-" : "", Math.abs(cents) / 100, Math.abs(cents) % 100);
  }
}
