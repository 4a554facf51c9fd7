package io.countersign.server.journal;

import io.countersign.model.journal.Period;
import io.countersign.model.journal.PeriodState;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The closed months of a ledger: all from one to another, or none.
///
/// What comes before the first of them is closed as well: nothing was there when it was closed, and
/// nothing comes to be there.
///
/// @param from null when none is closed
/// @param through null when none is closed
record ClosedPeriods(@Nullable YearMonth from, @Nullable YearMonth through) {

  static final ClosedPeriods NONE = new ClosedPeriods(null, null);

  boolean isClosed(YearMonth period) {
    return through != null && !period.isAfter(through);
  }

  /// The first accounting day that can be posted to.
  LocalDate firstOpenDay() {
    return through == null ? Days.FIRST : through.plusMonths(1).atDay(1);
  }

  /// `period-closed` for a day in a closed month.
  ///
  /// @param effectiveOn null for a transaction of the day it is recorded on, which no closing
  ///   refuses
  @Nullable Problem refusal(@Nullable LocalDate effectiveOn) {
    if (effectiveOn == null || !effectiveOn.isBefore(firstOpenDay())) {
      return null;
    }
    return Problem.of(
            "period-closed",
            422,
            "effectiveOn "
                + effectiveOn
                + " is in a closed period; "
                + firstOpenDay()
                + " is the first day that is open.")
        .with("period", YearMonth.from(effectiveOn).toString());
  }

  /// @param current the month of today, which has not ended
  /// @param firstMoved the first month with a transaction; null without any. It matters only while
  ///   none is closed
  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state` when it is closed
  ///   already, 422 `invalid-time` when it has not ended or an earlier one must be closed first
  ClosedPeriods close(YearMonth period, YearMonth current, @Nullable YearMonth firstMoved) {
    if (isClosed(period)) {
      throw Problems.wrongState("closed", "Period " + period + " is closed already.").asException();
    }
    if (!period.isBefore(current)) {
      throw Problems.invalidTime("Period " + period + " has not ended.").asException();
    }
    if (period.isBefore(YearMonth.from(Days.FIRST))) {
      throw Problems.invalidTime("Period " + period + " is before all books.").asException();
    }
    YearMonth first = through == null ? firstMoved : through.plusMonths(1);
    if (first != null && first.isBefore(period)) {
      throw Problems.invalidTime("Periods close in order; close " + first + " first.")
          .asException();
    }
    return new ClosedPeriods(from == null ? period : from, period);
  }

  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state` when it is open, 422
  ///   `invalid-time` when a later one must be reopened first
  ClosedPeriods reopen(YearMonth period) {
    if (!isClosed(period)) {
      throw Problems.wrongState("open", "Period " + period + " is open.").asException();
    }
    if (!period.equals(through)) {
      throw Problems.invalidTime(
              "Periods reopen in the opposite order; reopen " + through + " first.")
          .asException();
    }
    return period.equals(from) ? NONE : new ClosedPeriods(from, period.minusMonths(1));
  }

  /// Each month from the first that is closed, or else moved, to the current one.
  List<Period> list(YearMonth current, @Nullable YearMonth firstMoved) {
    YearMonth first = from == null ? firstMoved : from;
    List<Period> periods = new ArrayList<>();
    for (YearMonth period = first == null ? current : first;
        !period.isAfter(current);
        period = period.plusMonths(1)) {
      periods.add(toModel(period));
    }
    return periods;
  }

  Period toModel(YearMonth period) {
    return new Period(period.toString(), isClosed(period) ? PeriodState.CLOSED : PeriodState.OPEN);
  }
}
