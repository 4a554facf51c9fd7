package io.countersign.server.reconciliation.statement;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Days as files spell them. A day that does not exist, such as 30 February in a 30/360 calendar,
/// is null and no failure: the caller keeps the text.
final class FileDay {

  private static final Pattern ISO =
      Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2}).*", Pattern.DOTALL);
  private static final int FIRST_YEAR = 1980;
  private static final long SECONDS_A_DAY = 86_400;

  private FileDay() {}

  /// The day of an ISO date or date and time. The offset is the bank's own, so its day is too.
  static @Nullable LocalDate iso(String text) {
    Matcher parts = ISO.matcher(text.strip());
    if (!parts.matches()) {
      return null;
    }
    return day(number(parts.group(1)), number(parts.group(2)), number(parts.group(3)));
  }

  /// The day of an ISO date or date and time, or of seconds since 1970 (UTC).
  static @Nullable LocalDate table(String text) {
    return text.matches("\\d{9,10}")
        ? LocalDate.ofEpochDay(Long.parseLong(text) / SECONDS_A_DAY)
        : iso(text);
  }

  /// `2015-03-10T18:43:50+00:00` without its time; any other text as it is.
  static String withoutTime(String text) {
    return ISO.matcher(text).matches() ? text.substring(0, 10) : text;
  }

  /// The day of six digits, YYMMDD. Two-digit years run from 1980 to 2079.
  static @Nullable LocalDate sixDigits(String digits) {
    return day(year(digits), number(digits.substring(2, 4)), number(digits.substring(4, 6)));
  }

  /// The day of four digits, MMDD, in the year that brings it nearest to the value date: the entry
  /// date 0102 of the value date 151231 is in 2016.
  ///
  /// @param valueDigits YYMMDD, which need not be a day that exists
  static @Nullable LocalDate nearest(String digits, String valueDigits) {
    int month = number(digits.substring(0, 2));
    int dayOfMonth = number(digits.substring(2, 4));
    int year = year(valueDigits);
    LocalDate anchor =
        anchor(year, number(valueDigits.substring(2, 4)), number(valueDigits.substring(4, 6)));
    return Stream.of(year - 1, year, year + 1)
        .map(candidate -> java.util.Optional.ofNullable(day(candidate, month, dayOfMonth)))
        .flatMap(java.util.Optional::stream)
        .min(Comparator.comparingLong(d -> Math.abs(ChronoUnit.DAYS.between(anchor, d))))
        .orElse(null);
  }

  private static LocalDate anchor(int year, int month, int dayOfMonth) {
    int realMonth = Math.clamp(month, 1, 12);
    int last = YearMonth.of(year, realMonth).lengthOfMonth();
    return LocalDate.of(year, realMonth, Math.clamp(dayOfMonth, 1, last));
  }

  private static int year(String sixDigits) {
    int short2 = number(sixDigits.substring(0, 2));
    int year = FIRST_YEAR - FIRST_YEAR % 100 + short2;
    return year < FIRST_YEAR ? year + 100 : year;
  }

  private static @Nullable LocalDate day(int year, int month, int dayOfMonth) {
    try {
      return LocalDate.of(year, month, dayOfMonth);
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
