package bank;

import java.util.function.Function;

/** What became of something: a value, or the reason why there is none. */
public sealed interface Result<T> {
  record Done<T>(T value) implements Result<T> {}

  record Refused<T>(String why) implements Result<T> {}

  static <T> Result<T> attempt(Task<? extends T> task) {
    try {
      return new Done<>(task.run());
    } catch (BankException | IllegalArgumentException e) {
      return new Refused<>(e.getMessage());
    }
  }

  default <R> R fold(Function<? super T, ? extends R> done, Function<String, ? extends R> refused) {
    if (this instanceof Done<T> d) return done.apply(d.value());
    if (this instanceof Refused<T> r) return refused.apply(r.why());
    throw new AssertionError(this);
  }

  @FunctionalInterface
  interface Task<T> {
    T run() throws BankException;
  }
}
