// Formatter's whole syntax with its errors; Scanner over text, delimiters and radix; StringTokenizer, StreamTokenizer, Readers that push back and count lines; Base64 and HexFormat; UUID.
import java.io.*;
import java.math.*;
import java.util.*;

public class Scanning {
  static void f(String s, Object... a) {
    try {
      System.out.print("[" + String.format(Locale.US, s, a) + "] ");
    } catch (IllegalFormatException e) {
      System.out.print("<" + e.getClass().getSimpleName() + " " + e.getMessage() + "> ");
    }
  }

  public static void main(String[] args) throws Exception {
    f("%5d|%-5d|%05d|%+d|% d|%(d|%,d|%x|%X|%o|%#x", 42, 42, 42, 42, 42, -42, 1234567, 255, 255, 8, 255);
    f("%b %B %b", null, true, "x");
    f("%c %C %c", 'a', 'b', 0x1F600 - 0x1F5C0);
    f("%s %S %10s|%-10s|%.2s", "str", "str", "r", "l", "cut");
    f("%h %h", "hash", null);
    f("%e %.3E %g %G %.0f %a", 12345.678, 0.00012, 0.0001, 1e10, 2.5, 1.0);
    f("%f %10.3f %-10.1f| %+,.2f %(f %08.2f", Math.PI, Math.E, 1.5, 1234567.891, -1.0, -3.14159);
    f("%s %f %e", Double.NaN, Double.NEGATIVE_INFINITY, 0.0);
    f("%d %x %,d", new BigInteger("123456789012345678901234567890"), BigInteger.valueOf(-255), Long.MIN_VALUE);
    f("%.2f %s %10.1e", new BigDecimal("1.005"), new BigDecimal("1E+5"), new BigDecimal("12345"));
    f("%2$s %1$s %<s %s", "a", "b");
    f("%n%%");
    Calendar c = new GregorianCalendar(2020, Calendar.FEBRUARY, 29, 13, 5, 9);
    f("%tY-%<tm-%<td %<tH:%<tM:%<tS %<tA %<tB %<tp %<tj %<te %<tI %<ty %<tF %<tT %<tD %<tR", c);
    System.out.println();
    f("%d", "x");
    f("%q", 1);
    f("%s");
    f("%-d", 1);
    f("%05s", "x");
    f("%.3d", 1);
    f("%#s", "x");
    f("%+x", 1);
    f("%--5d", 1);
    f("%c", 0x110000);
    f("%3$s", 1);
    f("%");
    f("%1$");
    System.out.println();
    Scanner s = new Scanner("12 -7 3.5 true word 0xff 99999999999 1,234 'rest of' line\nnext line\n\nlast").useLocale(Locale.US);
    System.out.print(s.nextInt() + " " + s.nextByte() + " " + s.nextDouble() + " " + s.nextBoolean() + " " + s.next() + " " + s.hasNextInt() + " " + s.next("0x\\w+") + " " + s.nextLong() + " " + s.nextInt() + " " + s
        .findInLine("'[^']*'") + " " + s.nextLine() + "|" + s.nextLine() + "|" + s.nextLine() + "|" + s.hasNextLine() + s.nextLine() + s.hasNext() + " ");
    for (String bad : List.of("int", "none")) {
      try {
        Scanner t = new Scanner("abc");
        if (bad.equals("none")) t.next();
        t.nextInt();
      } catch (InputMismatchException e) {
        System.out.print("mismatch " + e.getMessage() + " ");
      } catch (NoSuchElementException e) {
        System.out.print("none ");
      }
    }
    System.out.println(new Scanner("a,b;c").useDelimiter("[,;]").tokens().toList() + " " + new Scanner("ff zz").useRadix(36).nextInt() + " " + new Scanner("1-2-3").useDelimiter("-").nextInt(5) + " " + new Scanner("x1y22").findAll(
        "\\d+").map(r -> r.group()).toList());
    StringTokenizer st = new StringTokenizer("a b,c", " ,", true);
    System.out.print(st.countTokens() + " ");
    while (st.hasMoreTokens()) System.out.print("(" + st.nextToken() + ")");
    StreamTokenizer k = new StreamTokenizer(new StringReader("x = 3.5 * 'quoted' // comment\ny_1 /* c */ \"dq\\n\" -2"));
    k.slashSlashComments(true);
    k.slashStarComments(true);
    k.eolIsSignificant(true);
    while (k.nextToken() != StreamTokenizer.TT_EOF) System.out.print(" " + k.ttype + ":" + (k.ttype == StreamTokenizer.TT_NUMBER ? k.nval : k.sval));
    System.out.println();
    PushbackReader pr = new PushbackReader(new StringReader("abc"), 2);
    int ch = pr.read();
    pr.unread(ch);
    pr.unread('z');
    LineNumberReader ln = new LineNumberReader(new StringReader("1\r\n2\r3\n4"));
    while (ln.readLine() != null) {}
    System.out.println((char) pr.read() + "" + (char) pr.read() + " " + ln.getLineNumber());
    byte[] b = new byte[50];
    for (int i = 0; i < 50; i++) b[i] = (byte) (i * 37);
    System.out.println(Base64.getEncoder().encodeToString(b) + " " + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(b, 4)) + " " + Base64.getMimeEncoder(20, new byte[] {'|'}).encodeToString(Arrays
        .copyOf(b, 30)) + " " + Arrays.equals(Base64.getDecoder().decode(Base64.getEncoder().encode(b)), b));
    for (String x : List.of("ab=c", "a", "ab==cd", "====", "YQ")) {
      try {
        System.out.print(Base64.getDecoder().decode(x).length + " ");
      } catch (IllegalArgumentException e) {
        System.out.print(e.getMessage() + "; ");
      }
    }
    System.out.println(HexFormat.ofDelimiter(":").withUpperCase().withPrefix("x").formatHex(new byte[] {1, -1}) + " " + HexFormat.of().parseHex("0aFF")[1] + " " + HexFormat.fromHexDigits("7fffffff"));
    UUID u = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
    System.out.println(u.version() + " " + u.variant() + " " + u.timestamp() + " " + UUID.nameUUIDFromBytes("x".getBytes()) + " " + u.compareTo(new UUID(0, 0)) + " " + UUID.randomUUID().version() + " " + u.hashCode());
  }
}
