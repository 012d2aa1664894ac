// String.format: every common conversion, flags, widths, indexes, floats, errors.
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Formatter;
import java.util.IllegalFormatException;
import java.util.Locale;

public class Formatting {
  static void f(String format, Object... args) {
    try {
      System.out.println(format + " [" + String.format(Locale.ROOT, format, args) + "]");
    } catch (IllegalFormatException e) {
      System.out.println(format + " " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  public static void main(String[] args) {
    f("%d %5d %-5d| %05d %+d %,d %(d %x %X %o %08x %#x", 1, 2, 3, 4, 5, 6000000, -7, 255, 255, 8, -1, 255);
    f("%d %x %,d", Long.MIN_VALUE, -1L, Long.MAX_VALUE);
    f("%s %10s %-10s| %.2s %S %10.3s|", "a", "b", "c", "long", "up", "cutoff");
    f("%c %C %c %b %B %h %n", 'x', 'y', 0x7A, true, null, "hash");
    f("%f %.0f %.3f %10.2f %-10.2f| %+.1f %e %.3e %g %a", 1.5, 2.5, 1.0005, 3.14159, 2.71828, 0.05,
        12345.678, 0.00012, 0.0001234, 1.0);
    f("%f %f %f %f %e", Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE, Double.MAX_VALUE);
    f("%.1f %.1f %.1f %.1f %.2f %.0f %.0f", 0.25, 0.35, 0.45, 0.05f, 1.005, 0.5, 1.5);
    f("%,.2f %015.3f %(.2f %.15f %.20f", 1234567.891, -3.5, -1.0, 0.1, 0.1);
    f("%2$s %1$s %<s %s", "one", "two");
    f("%d %s %x", new BigInteger("123456789012345678901234567890"), new BigDecimal("1.10"), BigInteger.TEN.negate());
    f("%.3f %10.1e", new BigDecimal("2.00050"), new BigDecimal("12345.6789"));
    f("%%|%5%|%s %s", new int[0].length, null);
    f("%tY-%<tm-%<td %<tH:%<tM:%<tS %<tA %<tB %<tj", java.time.LocalDateTime.of(2024, 2, 29, 13, 5, 9));
    f("%d", "s");
    f("%q", 1);
    f("%s %s", 1);
    f("%.2d", 1);
    f("%-d", 1);
    f("%5", 1);
    f("%,x", 1);
    f("%c", 0x110000);
    System.out.println("%s-%s".formatted(1, 2) + " " + String.join("/", "a", "b", "c") + " "
        + String.format("%s", (Object) new String[0].getClass()));
    StringBuilder sb = new StringBuilder();
    try (Formatter fm = new Formatter(sb, Locale.GERMANY)) {
      fm.format("%,d %,.2f", 1234567, 1234.5).format("!");
    }
    System.out.println(sb);
    for (double d : new double[] {1e-300, 9.999999e22, 123456789.123456789, 4.35, 0.1 + 0.2, 1e16, 2e-3}) {
      System.out.println(d + " " + (float) d + " " + String.format(Locale.ROOT, "%.4f %.6e", d, d));
    }
  }
}
