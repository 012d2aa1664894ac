// java.text: numbers, decimals with patterns and rounding, choices, messages, dates with patterns, parsing with positions, several locales.
import java.math.RoundingMode;
import java.text.*;
import java.util.*;

public class Formats {
  static void parse(Format f, String s) {
    ParsePosition p = new ParsePosition(0);
    Object o = f.parseObject(s, p);
    System.out.print(o + "@" + p.getIndex() + "/" + p.getErrorIndex() + " ");
  }

  static String ascii(String s) {
    StringBuilder sb = new StringBuilder();
    for (char c : s.toCharArray()) sb.append(c < 128 ? "" + c : String.format("\\u%04x", (int) c));
    return sb.toString();
  }

  public static void main(String[] args) throws Exception {
    DecimalFormatSymbols us = new DecimalFormatSymbols(Locale.US);
    for (String p : List.of("0", "#,##0.00", "0.###E0", "##0.##E0", "00.00;(00.00)", "#%", "\u2030#", "'#'#", "\u00a4#,##0.00", "#,##,###.#", "0.0#####", "pre 0 post", "@@".replace('@', '0'))) {
      DecimalFormat f = new DecimalFormat(p, us);
      StringBuilder sb = new StringBuilder(p).append(':');
      for (double d : new double[] {0, -0.0, 1234567.891, -1.005, 0.00012345, 2.5, 3.5, Double.NaN, Double.NEGATIVE_INFINITY, 1e20}) sb.append(' ').append(f.format(d));
      System.out.println(ascii(sb.toString()));
    }
    DecimalFormat r = new DecimalFormat("0.0", us);
    for (RoundingMode m : RoundingMode.values()) {
      if (m == RoundingMode.UNNECESSARY) continue;
      r.setRoundingMode(m);
      System.out.print(m + " " + r.format(1.25) + r.format(-1.25) + r.format(1.35) + r.format(-1.31) + " ");
    }
    System.out.println();
    for (Locale l : List.of(Locale.US, Locale.GERMANY, Locale.FRANCE, new Locale("hi", "IN"), new Locale("de", "CH"), new Locale("ar", "EG"))) {
      NumberFormat n = NumberFormat.getInstance(l), c = NumberFormat.getCurrencyInstance(l), p = NumberFormat.getPercentInstance(l), k = NumberFormat.getCompactNumberInstance(l,
          NumberFormat.Style.SHORT);
      System.out.println(l + " " + ascii(n.format(-1234567.891) + " | " + c.format(1234.5) + " | " + p.format(0.256) + " | " + k.format(12345678)));
    }
    NumberFormat n = NumberFormat.getInstance(Locale.US);
    for (String s : List.of("1,234.5abc", "-7", "x", "1e5", "1.2.3", "", "99999999999999999999", "\u221e")) parse(n, s);
    n.setParseIntegerOnly(true);
    parse(n, "12.9");
    ((DecimalFormat) n).setParseBigDecimal(true);
    System.out.println(n.parse("123456789012345678901234567890").getClass().getSimpleName());
    try {
      n.parse("none");
    } catch (ParseException e) {
      System.out.println(e.getMessage() + " " + e.getErrorOffset());
    }
    ChoiceFormat ch = new ChoiceFormat("0#none|1#one|1<many {0}|100\u2264lots");
    for (double d : new double[] {-1, 0, 0.5, 1, 1.5, 100, Double.NaN}) System.out.print(ch.format(d) + ", ");
    System.out.println(ascii(ch.toPattern()));
    MessageFormat mf = new MessageFormat("{1} '{literal}' it''s {0,number,#.#} {2,choice,0#no files|1#one file|1<{2} files} {3,date,yyyy} {4}", Locale.US);
    System.out.println(mf.format(new Object[] {3.14159, "x", 5, new GregorianCalendar(2020, 1, 2).getTime(), null}));
    System.out.println(mf.format(new Object[] {1}) + " " + Arrays.toString(new MessageFormat("{0} and {1}").parse("a and b")) + " " + MessageFormat.format("{0,number,percent} {1,time,HH:mm}", 0.5, new Date(
        86_400_000L * 365)).length());
    try {
      new MessageFormat("{bad");
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    Calendar cal = new GregorianCalendar(TimeZone.getTimeZone("America/New_York"), Locale.US);
    cal.clear();
    cal.set(2021, Calendar.MARCH, 14, 1, 59, 58);
    for (String p : List.of("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "EEE, d MMM yy h:mm a z", "G w W D F E u k K X", "EEEE MMMM", "YYYY-'W'ww-u", "hh 'o''clock' a, zzzz")) {
      SimpleDateFormat sf = new SimpleDateFormat(p, Locale.US);
      sf.setTimeZone(cal.getTimeZone());
      System.out.println(sf.format(cal.getTime()));
    }
    cal.add(Calendar.SECOND, 2);
    System.out.println(cal.get(Calendar.HOUR_OF_DAY) + " " + cal.get(Calendar.DST_OFFSET) + " " + cal.getActualMaximum(Calendar.DAY_OF_MONTH) + " " + cal.get(Calendar.WEEK_OF_YEAR) + " " + cal.isLenient());
    cal.roll(Calendar.MONTH, -3);
    cal.set(Calendar.DAY_OF_MONTH, 35);
    System.out.println(cal.getTimeInMillis() + " " + new GregorianCalendar(1582, Calendar.OCTOBER, 4).getActualMaximum(Calendar.DAY_OF_MONTH) + " " + new GregorianCalendar().isLeapYear(1900));
    SimpleDateFormat sf = new SimpleDateFormat("dd/MM/yyyy HH:mm z", Locale.US);
    System.out.println(sf.parse("31/12/1999 23:59 PST").getTime() + " " + sf.parse("32/13/1999 00:00 UTC").getTime());
    sf.setLenient(false);
    parse(sf, "32/13/1999 00:00 UTC");
    parse(new SimpleDateFormat("yy", Locale.US), "70x");
    System.out.println();
    for (Locale l : List.of(Locale.US, Locale.UK, Locale.GERMANY, Locale.JAPAN)) {
      DateFormat df = DateFormat.getDateTimeInstance(DateFormat.LONG, DateFormat.SHORT, l);
      df.setTimeZone(TimeZone.getTimeZone("UTC"));
      System.out.println(ascii(df.format(new Date(1_600_000_000_000L))));
    }
    FieldPosition fp = new FieldPosition(NumberFormat.Field.FRACTION);
    StringBuffer sb = new StringBuffer();
    new DecimalFormat("#,##0.00", us).format(1234.567, sb, fp);
    System.out.println(sb + " " + fp.getBeginIndex() + " " + fp.getEndIndex());
  }
}
