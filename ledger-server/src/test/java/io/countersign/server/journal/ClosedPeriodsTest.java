package io.countersign.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.model.journal.Period;
import io.countersign.model.journal.PeriodState;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ClosedPeriodsTest {

  private static final YearMonth AUGUST = YearMonth.of(2026, 8);
  private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);
  private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

  private final ClosedPeriods september = ClosedPeriods.NONE.close(SEPTEMBER, NOVEMBER, SEPTEMBER);
  private final ClosedPeriods both = september.close(OCTOBER, NOVEMBER, null);

  @Test
  void months_close_in_order_once_they_have_ended() {
    assertThat(both).isEqualTo(new ClosedPeriods(SEPTEMBER, OCTOBER));
    assertThat(both.firstOpenDay()).isEqualTo(LocalDate.of(2026, 11, 1));
    refused("invalid-time", () -> both.close(NOVEMBER, NOVEMBER, null));
    refused("invalid-time", () -> september.close(NOVEMBER, NOVEMBER.plusMonths(1), null));
    refused("invalid-time", () -> ClosedPeriods.NONE.close(OCTOBER, NOVEMBER, SEPTEMBER));
    refused("invalid-time", () -> ClosedPeriods.NONE.close(YearMonth.of(-5, 1), NOVEMBER, null));
    refused("wrong-state", () -> both.close(OCTOBER, NOVEMBER, null));
    refused("wrong-state", () -> both.close(AUGUST, NOVEMBER, null));
  }

  @Test
  void books_without_a_transaction_close_any_month_first() {
    assertThat(ClosedPeriods.NONE.close(AUGUST, NOVEMBER, null))
        .isEqualTo(new ClosedPeriods(AUGUST, AUGUST));
  }

  @Test
  void months_reopen_in_the_opposite_order() {
    assertThat(both.reopen(OCTOBER)).isEqualTo(september);
    assertThat(september.reopen(SEPTEMBER)).isEqualTo(ClosedPeriods.NONE);
    refused("invalid-time", () -> both.reopen(SEPTEMBER));
    refused("wrong-state", () -> september.reopen(OCTOBER));
    refused("wrong-state", () -> ClosedPeriods.NONE.reopen(OCTOBER));
  }

  @Test
  void what_is_posted_on_the_day_it_is_recorded_is_never_refused() {
    assertThat(both.refusal(null)).isNull();
    assertThat(both.refusal(LocalDate.of(2026, 11, 1))).isNull();
    Problem refusal = Objects.requireNonNull(both.refusal(LocalDate.of(2026, 10, 31)));
    assertThat(refusal.slug()).isEqualTo("period-closed");
    assertThat(refusal.members()).containsEntry("period", "2026-10");
    assertThat(both.refusal(LocalDate.of(2020, 1, 1))).as("before all closed months").isNotNull();
    assertThat(ClosedPeriods.NONE.refusal(Days.FIRST)).isNull();
  }

  @Test
  void the_list_runs_from_the_first_month_to_the_current_one() {
    assertThat(september.list(NOVEMBER, null))
        .containsExactly(
            new Period("2026-09", PeriodState.CLOSED),
            new Period("2026-10", PeriodState.OPEN),
            new Period("2026-11", PeriodState.OPEN));
    assertThat(ClosedPeriods.NONE.list(NOVEMBER, OCTOBER)).hasSize(2);
    assertThat(ClosedPeriods.NONE.list(NOVEMBER, null))
        .containsExactly(new Period("2026-11", PeriodState.OPEN));
  }

  private static void refused(String slug, ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOfSatisfying(
            ProblemException.class, it -> assertThat(it.problem().slug()).isEqualTo(slug));
  }
}
