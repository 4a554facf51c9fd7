package io.countersign.server.reconciliation.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.reconciliation.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlementWindowTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final SettlementWindow T_PLUS_2 =
      new SettlementWindow(2, BusinessCalendar.TARGET, BERLIN, LocalTime.of(17, 0));

  @ParameterizedTest
  @CsvSource({
    "WEEKDAYS, 2026-01-01, true",
    "WEEKDAYS, 2026-01-03, false",
    "TARGET, 2026-01-01, false",
    "TARGET, 2026-04-03, false", // Good Friday
    "TARGET, 2026-04-06, false", // Easter Monday
    "TARGET, 2026-05-01, false",
    "TARGET, 2026-12-24, true",
    "US, 2026-01-19, false", // Martin Luther King
    "US, 2026-07-03, true", // 4 July is a Saturday, not kept by the Federal Reserve
    "US, 2027-07-05, false", // 4 July is a Sunday
    "US, 2026-11-26, false", // Thanksgiving
    "US, 2026-04-03, true",
    "UK, 2026-08-31, false",
    "UK, 2021-12-27, false",
    "UK, 2021-12-28, false",
    "UK, 2022-12-27, false",
    "UK, 2022-12-28, true",
    "UK, 2022-01-03, false",
  })
  void business_days(BusinessCalendar calendar, LocalDate day, boolean business) {
    assertThat(BusinessDays.isBusinessDay(calendar, day)).isEqualTo(business);
  }

  @ParameterizedTest
  @CsvSource({"2000, 2000-04-23", "2024, 2024-03-31", "2025, 2025-04-20", "2038, 2038-04-25"})
  void easter(int year, LocalDate sunday) {
    assertThat(BusinessDays.easter(year)).isEqualTo(sunday);
  }

  @Test
  void the_window_counts_business_days_to_the_cut_off() {
    // Thursday before Easter: Good Friday and Easter Monday do not count.
    Instant end = T_PLUS_2.end(LocalDate.of(2026, 4, 2), Instant.parse("2026-04-02T08:00:00Z"));
    assertThat(end).isEqualTo("2026-04-08T15:00:00Z");
  }

  @Test
  void what_is_recorded_behind_the_cut_off_counts_for_the_next_business_day() {
    LocalDate monday = LocalDate.of(2026, 3, 9);
    assertThat(T_PLUS_2.end(monday, Instant.parse("2026-03-09T15:59:00Z")))
        .isEqualTo("2026-03-11T16:00:00Z");
    assertThat(T_PLUS_2.end(monday, Instant.parse("2026-03-09T16:01:00Z")))
        .isEqualTo("2026-03-12T16:00:00Z");
  }

  @Test
  void a_back_dated_entry_is_measured_from_its_accounting_day() {
    Instant recorded = Instant.parse("2026-03-20T20:00:00Z");
    assertThat(T_PLUS_2.isOver(LocalDate.of(2026, 3, 9), recorded, recorded)).isTrue();
  }

  @Test
  void a_statement_is_expected_when_its_day_s_window_is_over() {
    assertThat(T_PLUS_2.expectedThrough(Instant.parse("2026-03-11T15:59:00Z")))
        .isEqualTo("2026-03-06");
    assertThat(T_PLUS_2.expectedThrough(Instant.parse("2026-03-11T16:00:00Z")))
        .isEqualTo("2026-03-09");
  }
}
