// java.time: dates, arithmetic, zones and their gaps, formatting and parsing, periods, legacy calendars.
import java.text.SimpleDateFormat;
import java.time.*;
import java.time.format.*;
import java.time.temporal.*;
import java.util.*;

public class TimeApi {
  static String attempt(java.util.concurrent.Callable<?> c) {
    try {
      return String.valueOf(c.call());
    } catch (Exception e) {
      return e.getClass().getSimpleName() + " " + e.getMessage();
    }
  }

  public static void main(String[] args) throws Exception {
    LocalDate d = LocalDate.of(2024, 2, 29);
    System.out.println(d.plusYears(1) + " " + d.plusMonths(12) + " " + d.getDayOfWeek() + " " + d.isLeapYear() + " "
        + d.with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY)) + " "
        + d.lengthOfMonth() + " " + ChronoUnit.DAYS.between(LocalDate.EPOCH, d) + " "
        + Period.between(LocalDate.of(2020, 5, 17), d) + " " + d.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) + " "
        + attempt(() -> LocalDate.of(2023, 2, 29)) + " " + attempt(() -> LocalDate.parse("2023-13-01")));
    LocalDateTime t = LocalDateTime.of(2021, 3, 28, 1, 30, 15, 123456789);
    ZonedDateTime z = t.atZone(ZoneId.of("Europe/Paris"));
    System.out.println(z + " " + z.plusHours(1) + " " + z.withZoneSameInstant(ZoneId.of("America/New_York")) + " "
        + z.toInstant() + " " + z.toEpochSecond() + " "
        + LocalDateTime.of(2021, 3, 28, 2, 30).atZone(ZoneId.of("Europe/Paris")) + " "
        + LocalDateTime.of(2021, 10, 31, 2, 30).atZone(ZoneId.of("Europe/Paris")).withLaterOffsetAtOverlap()
            .getOffset());
    System.out.println(Duration.ofMillis(3_723_004) + " " + Duration.between(t, t.plusDays(2).plusNanos(5)) + " "
        + Duration.parse("PT1H30M").toMinutes() + " "
        + Duration.ofSeconds(-1, 5) + " " + Instant.ofEpochMilli(-1) + " " + Instant.parse("2000-01-01T00:00:00Z")
            .plus(1, ChronoUnit.HOURS) + " " + Instant.MAX + " " + Year.of(1900).isLeap());
    System.out.println(DateTimeFormatter.ISO_WEEK_DATE.format(d) + " "
        + DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm:ss.SSS", Locale.ENGLISH).format(t) + " "
        + DateTimeFormatter.ofPattern("d MMM yy", Locale.FRENCH).format(d).length() + " "
        + DateTimeFormatter.RFC_1123_DATE_TIME.format(z) + " "
        + LocalDate.parse("17/05/2020", DateTimeFormatter.ofPattern("dd/MM/yyyy")) + " "
        + attempt(() -> LocalTime.parse("25:00")) + " "
        + DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(Locale.US).format(d) + " "
        + t.truncatedTo(ChronoUnit.HOURS) + " " + LocalTime.MIDNIGHT.minusSeconds(1));
    System.out.println(YearMonth.of(2024, 2).atEndOfMonth() + " " + MonthDay.of(2, 29).isValidYear(2023) + " "
        + OffsetDateTime.of(t, ZoneOffset.ofHoursMinutes(5, 30)) + " "
        + ZoneOffset.of("-08:00").getTotalSeconds() + " " + DayOfWeek.SUNDAY.plus(1)
            .getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + " " + Month.of(12).firstMonthOfQuarter() + " "
        + java.time.chrono.JapaneseDate.from(d) + " " + java.time.chrono.ThaiBuddhistDate.from(d) + " "
        + ZoneId.of("Asia/Tokyo").getRules().getOffset(Instant.EPOCH));
    TimeZone utc = TimeZone.getTimeZone("UTC");
    GregorianCalendar c = new GregorianCalendar(utc);
    c.clear();
    c.set(1999, Calendar.DECEMBER, 31, 23, 59, 59);
    c.add(Calendar.SECOND, 1);
    SimpleDateFormat f = new SimpleDateFormat("yyyy-MM-dd'T'HH:mm:ss z", Locale.US);
    f.setTimeZone(utc);
    System.out.println(f.format(c.getTime()) + " " + c.get(Calendar.DAY_OF_WEEK) + " "
        + f.parse("2001-02-03T04:05:06 UTC").getTime() + " " + new Date(0).compareTo(c.getTime()) + " "
        + c.getActualMaximum(Calendar.DAY_OF_MONTH) + " " + new java.sql.Timestamp(0).getNanos() + " "
        + TimeZone.getTimeZone("America/New_York").getOffset(0) + " " + c.toZonedDateTime());
    Clock fixed = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    System.out.println(LocalDateTime.now(fixed) + " " + Clock.offset(fixed, Duration.ofDays(1)).instant() + " "
        + (Instant.now().isAfter(Instant.parse("2020-01-01T00:00:00Z"))));
    long sum = 0;
    for (LocalDate x = LocalDate.of(2000, 1,
        1); x.getYear() < 2005; x = x.plusDays(1)) sum += x.getDayOfYear() * x.getDayOfWeek().getValue();
    System.out.println(sum);
  }
}
