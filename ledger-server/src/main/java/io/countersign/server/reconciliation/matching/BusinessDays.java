package io.countersign.server.reconciliation.matching;

import io.countersign.model.reconciliation.BusinessCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;

/// Which days banks settle on.
public final class BusinessDays {

  private BusinessDays() {}

  public static boolean isBusinessDay(BusinessCalendar calendar, LocalDate day) {
    if (isWeekend(day)) {
      return false;
    }
    return switch (calendar) {
      case WEEKDAYS -> true;
      case TARGET -> !isTargetHoliday(day);
      case US -> !isUsHoliday(day);
      case UK -> !isUkHoliday(day);
    };
  }

  /// The day itself when it is a business day, else the next one.
  public static LocalDate onOrAfter(BusinessCalendar calendar, LocalDate day) {
    LocalDate next = day;
    while (!isBusinessDay(calendar, next)) {
      next = next.plusDays(1);
    }
    return next;
  }

  /// @param days how many business days later; 0 is [#onOrAfter]
  public static LocalDate plus(BusinessCalendar calendar, LocalDate day, int days) {
    LocalDate reached = onOrAfter(calendar, day);
    for (int passed = 0; passed < days; passed++) {
      reached = onOrAfter(calendar, reached.plusDays(1));
    }
    return reached;
  }

  private static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  // The ECB's long-term calendar, since 2002.
  private static boolean isTargetHoliday(LocalDate day) {
    return is(day, Month.JANUARY, 1)
        || is(day, Month.MAY, 1)
        || is(day, Month.DECEMBER, 25)
        || is(day, Month.DECEMBER, 26)
        || isEasterHoliday(day);
  }

  // Federal Reserve: a holiday on a Sunday is kept on Monday, one on a Saturday is not kept.
  private static boolean isUsHoliday(LocalDate day) {
    return isOrWasSunday(day, Month.JANUARY, 1)
        || isNth(day, Month.JANUARY, DayOfWeek.MONDAY, 3)
        || isNth(day, Month.FEBRUARY, DayOfWeek.MONDAY, 3)
        || isLastMonday(day, Month.MAY)
        || isOrWasSunday(day, Month.JUNE, 19)
        || isOrWasSunday(day, Month.JULY, 4)
        || isNth(day, Month.SEPTEMBER, DayOfWeek.MONDAY, 1)
        || isNth(day, Month.OCTOBER, DayOfWeek.MONDAY, 2)
        || isOrWasSunday(day, Month.NOVEMBER, 11)
        || isNth(day, Month.NOVEMBER, DayOfWeek.THURSDAY, 4)
        || isOrWasSunday(day, Month.DECEMBER, 25);
  }

  private static boolean isOrWasSunday(LocalDate day, Month month, int dayOfMonth) {
    LocalDate eve = day.minusDays(1);
    return is(day, month, dayOfMonth)
        || (day.getDayOfWeek() == DayOfWeek.MONDAY && is(eve, month, dayOfMonth));
  }

  // England and Wales. A holiday on a weekend is kept on the next weekday that is none itself.
  private static boolean isUkHoliday(LocalDate day) {
    return isUkNewYear(day)
        || isEasterHoliday(day)
        || isNth(day, Month.MAY, DayOfWeek.MONDAY, 1)
        || isLastMonday(day, Month.MAY)
        || isLastMonday(day, Month.AUGUST)
        || isUkChristmas(day);
  }

  private static boolean isUkNewYear(LocalDate day) {
    return is(day, Month.JANUARY, 1)
        || (day.getDayOfWeek() == DayOfWeek.MONDAY
            && (is(day, Month.JANUARY, 2) || is(day, Month.JANUARY, 3)));
  }

  // Two holidays, 25 and 26 December; from a weekend they move to 27 and 28.
  private static boolean isUkChristmas(LocalDate day) {
    if (day.getMonth() != Month.DECEMBER) {
      return false;
    }
    boolean onWeekendBefore = isWeekend(day.minusDays(2));
    return switch (day.getDayOfMonth()) {
      case 25, 26 -> true;
      case 27, 28 -> onWeekendBefore;
      default -> false;
    };
  }

  private static boolean isEasterHoliday(LocalDate day) {
    LocalDate easter = easter(day.getYear());
    return day.equals(easter.minusDays(2)) || day.equals(easter.plusDays(1));
  }

  // The Gregorian computus of Meeus, Jones and Butcher.
  static LocalDate easter(int year) {
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int g = (8 * b + 13) / 25;
    int h = (19 * a + b - b / 4 - g + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 19 * l) / 433;
    int month = (h + l - 7 * m + 90) / 25;
    return LocalDate.of(year, month, (h + l - 7 * m + 33 * month + 19) % 32);
  }

  private static boolean is(LocalDate day, Month month, int dayOfMonth) {
    return day.getMonth() == month && day.getDayOfMonth() == dayOfMonth;
  }

  private static boolean isNth(LocalDate day, Month month, DayOfWeek weekday, int nth) {
    return day.getMonth() == month
        && day.equals(day.with(TemporalAdjusters.dayOfWeekInMonth(nth, weekday)));
  }

  private static boolean isLastMonday(LocalDate day, Month month) {
    return day.getMonth() == month
        && day.equals(day.with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY)));
  }
}
