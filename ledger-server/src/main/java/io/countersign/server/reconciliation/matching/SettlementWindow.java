package io.countersign.server.reconciliation.matching;

import io.countersign.model.reconciliation.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// How long an entry of the books may wait for its line: so many business days from its accounting
/// day, to the cut-off.
///
/// @param settlementDays 0 or more
/// @param cutOff in `zone`; what is recorded later on its own day counts for the next business day
public record SettlementWindow(
    int settlementDays, BusinessCalendar calendar, ZoneId zone, LocalTime cutOff) {

  /// The instant from which a line should be there.
  public Instant end(LocalDate effectiveOn, Instant recordedAt) {
    ZonedDateTime recorded = recordedAt.atZone(zone);
    boolean late =
        recorded.toLocalDate().equals(effectiveOn) && recorded.toLocalTime().isAfter(cutOff);
    LocalDate first = late ? effectiveOn.plusDays(1) : effectiveOn;
    return BusinessDays.plus(calendar, first, settlementDays)
        .atTime(cutOff)
        .atZone(zone)
        .toInstant();
  }

  public boolean isOver(LocalDate effectiveOn, Instant recordedAt, Instant now) {
    return !now.isBefore(end(effectiveOn, recordedAt));
  }

  /// The last business day whose statement should have come by now.
  public LocalDate expectedThrough(Instant now) {
    ZonedDateTime here = now.atZone(zone);
    LocalDate day = here.toLocalDate();
    while (!BusinessDays.isBusinessDay(calendar, day)
        || BusinessDays.plus(calendar, day, settlementDays)
            .atTime(cutOff)
            .atZone(zone)
            .isAfter(here)) {
      day = day.minusDays(1);
    }
    return day;
  }
}
