package io.countersign.server.journal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// The days that the books can hold; whoever asks about others asks about the nearest of these.
final class Days {

  static final LocalDate FIRST = LocalDate.of(1, 1, 1);
  static final LocalDate LAST = LocalDate.of(9999, 12, 31);

  private static final Instant BEGINNING = FIRST.atStartOfDay().toInstant(ZoneOffset.UTC);
  private static final Instant END = LAST.atStartOfDay().toInstant(ZoneOffset.UTC);

  private Days() {}

  static LocalDate bounded(LocalDate day) {
    if (day.isBefore(FIRST)) {
      return FIRST;
    }
    return day.isAfter(LAST) ? LAST : day;
  }

  static Instant bounded(Instant instant) {
    if (instant.isBefore(BEGINNING)) {
      return BEGINNING;
    }
    return instant.isAfter(END) ? END : instant;
  }
}
