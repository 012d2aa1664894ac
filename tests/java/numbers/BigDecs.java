// BigDecimal: scale, rounding in every mode, MathContext, division, strings plain and engineering, compare and equals, conversions, pi by series, sums that floats get wrong.
import java.math.*;
import java.util.*;

public class BigDecs {
  static void fails(String what, java.util.function.Supplier<?> r) {
    try {
      System.out.println(what + " gave " + r.get());
    } catch (ArithmeticException | NumberFormatException e) {
      System.out.println(what + ": " + e.getMessage());
    }
  }

  static BigDecimal arctan(int inv, int digits) {
    MathContext mc = new MathContext(digits + 5);
    BigDecimal x = BigDecimal.ONE.divide(BigDecimal.valueOf(inv), mc), x2 = x.multiply(x, mc), sum = x, term = x;
    for (int k = 1; k < digits; k++) {
      term = term.multiply(x2, mc).negate();
      sum = sum.add(term.divide(BigDecimal.valueOf(2 * k + 1), mc), mc);
    }
    return sum;
  }

  public static void main(String[] args) {
    for (RoundingMode m : RoundingMode.values()) {
      StringBuilder sb = new StringBuilder(m.name());
      for (String s : List.of("5.5", "2.5", "1.6", "1.1", "1.0", "-1.0", "-1.1", "-1.6", "-2.5", "-5.5")) {
        try {
          sb.append(' ').append(new BigDecimal(s).setScale(0, m));
        } catch (ArithmeticException e) {
          sb.append(" !");
        }
      }
      System.out.println(sb);
    }
    for (String s : List.of("0", "0.00", "-0", "123.450", "1E+10", "1E-10", "-12345678901234567890.123", "0E+7", "1234.5E-8", "100", "1e400")) {
      BigDecimal d = new BigDecimal(s);
      System.out.println(d + " " + d.toPlainString().length() + " " + d.toEngineeringString() + " " + d.scale() + " " + d.precision() + " " + d.unscaledValue() + " " + d.stripTrailingZeros() + " " + d.signum() + " " + d.hashCode() + " " + d
          .doubleValue() + " " + d.intValue() + " " + d.ulp() + " " + d.negate().abs().equals(d.abs()));
    }
    BigDecimal a = new BigDecimal("10.25"), b = new BigDecimal("-3.0");
    System.out.println(a.add(b) + " " + a.subtract(b) + " " + a.multiply(b) + " " + a.divide(b, 5, RoundingMode.HALF_EVEN) + " " + a.divide(b, MathContext.DECIMAL32) + " " + a.divideToIntegralValue(b) + " " + a.remainder(b) + " " + Arrays
        .toString(a.divideAndRemainder(b)) + " " + a.pow(5) + " " + a.pow(-3, MathContext.DECIMAL64) + " " + a.sqrt(new MathContext(30)) + " " + a.round(new MathContext(2)) + " " + a.movePointLeft(5) + " " + a.movePointRight(3) + " " + a
            .scaleByPowerOfTen(-4) + " " + a.max(b) + " " + a.compareTo(new BigDecimal("10.250")) + " " + a.equals(new BigDecimal("10.250")));
    fails("third", () -> BigDecimal.ONE.divide(BigDecimal.valueOf(3)));
    fails("eighth", () -> BigDecimal.ONE.divide(BigDecimal.valueOf(8)));
    fails("zero", () -> BigDecimal.ONE.divide(BigDecimal.ZERO));
    fails("zero by zero", () -> BigDecimal.ZERO.divide(BigDecimal.ZERO));
    fails("exact int", () -> new BigDecimal("1.5").intValueExact());
    fails("exact long", () -> new BigDecimal("1E+30").longValueExact());
    fails("exact ok", () -> new BigDecimal("12.000").byteValueExact());
    fails("rounding", () -> new BigDecimal("1.25").setScale(1));
    fails("negative root", () -> BigDecimal.valueOf(-4).sqrt(MathContext.DECIMAL32));
    fails("parse", () -> new BigDecimal("1.2.3"));
    fails("exponent", () -> new BigDecimal("1E99999999999"));
    fails("nan", () -> new BigDecimal(Double.NaN));
    System.out.println(new BigDecimal(0.1) + " " + BigDecimal.valueOf(0.1) + " " + new BigDecimal(1e20) + " " + BigDecimal.valueOf(1e20) + " " + new BigDecimal(Math.PI, MathContext.DECIMAL32) + " " + new BigDecimal("3.999999999").intValue());
    BigDecimal pi = arctan(5, 60).multiply(BigDecimal.valueOf(16)).subtract(arctan(239, 60).multiply(BigDecimal.valueOf(4))).setScale(55, RoundingMode.DOWN);
    System.out.println(pi);
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < 1000; i++) sum = sum.add(new BigDecimal("0.1"));
    BigDecimal rate = new BigDecimal("1.0375"), money = new BigDecimal("1000.00");
    for (int y = 0; y < 30; y++) money = money.multiply(rate).setScale(2, RoundingMode.HALF_UP);
    System.out.println(sum + " " + money + " " + new MathContext("precision=7 roundingMode=UP") + " " + MathContext.UNLIMITED.getPrecision());
    List<BigDecimal> l = new ArrayList<>(List.of(new BigDecimal("2.0"), new BigDecimal("2"), new BigDecimal("1E1"), new BigDecimal("-5"), new BigDecimal("2.00")));
    Collections.sort(l);
    System.out.println(l + " " + new HashSet<>(l).size() + " " + new TreeSet<>(l).size());
  }
}
