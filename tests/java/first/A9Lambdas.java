// The first invokedynamic: a lambda, a capture, a method reference, a stream.
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;

public class A9Lambdas {
  public static void main(String[] args) {
    Runnable r = () -> System.out.println("lambda");
    r.run();
    int k = 5;
    IntUnaryOperator add = x -> x + k;
    System.out.println(add.applyAsInt(37));
    Supplier<String> s = "text"::toUpperCase;
    System.out.println(s.get());
    System.out.println(IntStream.range(0, 10).filter(i -> i % 2 == 1).map(i -> i * i).sum());
  }
}
