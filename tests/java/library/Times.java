// timeout: 120
// java.time: zones and their gaps and overlaps, periods and durations, adjusters, formatting and parsing in several styles, other calendars, clocks, instants at the edges, arithmetic errors.
import java.time.*;
import java.time.chrono.*;
import java.time.format.*;
import java.time.temporal.*;
import java.time.zone.*;
import java.util.*;

public class Times {
  static void fails(String what, java.util.function.Supplier<?> s) {
    try {
      System.out.println(what + " " + s.get());
    } catch (DateTimeException | ArithmeticException e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  public static void main(String[] args) {
    ZoneId v = ZoneId.of("Europe/Vienna"), ny = ZoneId.of("America/New_York");
    LocalDateTime gap = LocalDateTime.of(2021, 3, 28, 2, 30), overlap = LocalDateTime.of(2021, 10, 31, 2, 30);
    System.out.println(gap.atZone(v) + " " + overlap.atZone(v) + " " + overlap.atZone(v).withLaterOffsetAtOverlap() + " " + v.getRules().getTransition(gap) + " " + v.getRules().getValidOffsets(overlap) + " " + v.getRules().isDaylightSavings(
        Instant.parse("2021-07-01T00:00:00Z")));
    ZonedDateTime z = ZonedDateTime.of(2021, 3, 27, 12, 0, 0, 0, v);
    System.out.println(z.plusDays(1) + " " + z.plusHours(24) + " " + z.withZoneSameInstant(ny) + " " + z.withZoneSameLocal(ny) + " " + Duration.between(z, z.plusDays(1)) + " " + Period.between(z.toLocalDate(), LocalDate.of(2022, 1, 1)) + " "
        + ChronoUnit.WEEKS.between(z, z.plusYears(1)));
    LocalDate d = LocalDate.of(2020, 2, 29);
    System.out.println(d.plusYears(1) + " " + d.plusMonths(12) + " " + d.minusDays(60) + " " + d.with(TemporalAdjusters.lastInMonth(DayOfWeek.FRIDAY)) + " " + d.with(TemporalAdjusters.firstDayOfNextYear()) + " " + d.isLeapYear() + " " + d.getDayOfYear()
        + " " + d.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) + " " + d.get(IsoFields.QUARTER_OF_YEAR) + " " + d.getLong(JulianFields.JULIAN_DAY) + " " + d.range(ChronoField.DAY_OF_MONTH) + " " + d.datesUntil(LocalDate.of(2020, 3, 3)).toList() + " " + d.get(WeekFields
            .of(Locale.US).weekOfYear()) + " " + YearMonth.from(d).atEndOfMonth() + " " + MonthDay.of(2, 29).isValidYear(2021));
    System.out.println(Duration.ofMillis(-90_061_001) + " " + Duration.parse("P1DT2H3M4.5S").toMillis() + " " + Duration.ofSeconds(5, -1).getNano() + " " + Period.parse("P1Y13M-5D").normalized() + " " + Duration.ofHours(25).toDaysPart() + " " + Duration.ofSeconds(7)
        .dividedBy(2) + " " + Period.ofWeeks(3));
    for (DateTimeFormatter f : List.of(DateTimeFormatter.ISO_ZONED_DATE_TIME, DateTimeFormatter.RFC_1123_DATE_TIME, DateTimeFormatter.ISO_WEEK_DATE, DateTimeFormatter.ISO_ORDINAL_DATE, DateTimeFormatter.BASIC_ISO_DATE, DateTimeFormatter.ofPattern(
        "EEEE, d. MMMM uuuu H:mm:ss.SSS VV xxx", Locale.GERMAN), DateTimeFormatter.ofPattern("G yy QQQ w e a hh B O zzzz", Locale.US), DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(Locale.US), DateTimeFormatter.ofLocalizedDate(
            FormatStyle.FULL).withLocale(Locale.FRANCE))) {
      StringBuilder sb = new StringBuilder();
      for (char c : f.format(z).toCharArray()) sb.append(c < 128 ? c : '~');
      System.out.println(sb);
    }
    DateTimeFormatter strict = DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT), opt = DateTimeFormatter.ofPattern("d/M/uuuu[ H:mm]", Locale.US);
    System.out.println(LocalDate.parse("2021-02-28", strict) + " " + LocalDate.parse("1/2/2020", opt) + " " + opt.parseBest("1/2/2020 3:04", LocalDateTime::from, LocalDate::from) + " " + new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern("d-MMM-").appendValueReduced(ChronoField.YEAR, 2, 2, 1990).toFormatter(Locale.US).parse("5-jAn-91", LocalDate::from));
    fails("strict", () -> LocalDate.parse("2021-02-29", strict));
    fails("smart", () -> LocalDate.parse("2021-02-30", DateTimeFormatter.ofPattern("yyyy-MM-dd")));
    fails("text", () -> LocalTime.parse("25:00"));
    fails("junk", () -> Instant.parse("yesterday"));
    fails("pattern", () -> DateTimeFormatter.ofPattern("yyyy").format(LocalTime.NOON));
    fails("field", () -> LocalDate.MAX.plusDays(1));
    fails("of", () -> LocalDate.of(2021, 2, 29));
    fails("zone", () -> ZoneId.of("Nowhere/City"));
    fails("offset", () -> ZoneOffset.ofHours(19));
    fails("instant", () -> Instant.MAX.plusNanos(1));
    fails("unit", () -> LocalTime.NOON.plus(1, ChronoUnit.DAYS));
    fails("duration", () -> Duration.ofSeconds(Long.MAX_VALUE).plusSeconds(1));
    System.out.println(JapaneseDate.from(d) + " " + ThaiBuddhistDate.from(d) + " " + HijrahDate.from(d) + " " + MinguoDate.from(d) + " " + Chronology.of("ISO").dateEpochDay(0) + " " + d.getEra());
    Clock c = Clock.fixed(Instant.ofEpochSecond(1_000_000_000), ZoneOffset.UTC);
    System.out.println(LocalDateTime.now(c) + " " + Clock.tick(Clock.offset(c, Duration.ofMillis(1500)), Duration.ofSeconds(1)).instant() + " " + Instant.ofEpochSecond(-1, 999_999_999) + " " + Instant.MIN + " " + Instant.EPOCH.truncatedTo(ChronoUnit.DAYS)
        .until(Instant.ofEpochSecond(86_399), ChronoUnit.HOURS) + " " + OffsetDateTime.parse("2020-01-01T00:00:00+05:30").toInstant() + " " + (Clock.systemUTC().millis() > 1_600_000_000_000L) + " " + Year.of(1900).isLeap());
    System.out.println(TimeZone.getTimeZone("Asia/Kolkata").getRawOffset() + " " + TimeZone.getTimeZone("GMT+5:30").getID() + " " + TimeZone.getTimeZone("Bogus").getID() + " " + v.getRules().nextTransition(Instant.EPOCH) + " " + ZoneId.getAvailableZoneIds()
        .contains("Asia/Tokyo") + " " + new ZoneOffset[] {ZoneOffset.MIN}[0] + " " + ZoneRulesProvider.getVersions("UTC").isEmpty());
  }
}
