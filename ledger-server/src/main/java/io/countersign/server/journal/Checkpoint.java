package io.countersign.server.journal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an account's entries add up to when everything up to a sequence is recorded, by month.
///
/// @param recordedThrough the latest `recordedAt` that is in
/// @param months what all entries up to the end of each month with entries add up to
/// @param daysThrough for each of these months, of which sequence its [Days] are
record Checkpoint(
    UUID account,
    long through,
    Instant recordedThrough,
    NavigableMap<Integer, Sums> months,
    NavigableMap<Integer, Long> daysThrough) {

  Checkpoint {
    months = Collections.unmodifiableNavigableMap(new TreeMap<>(months));
    daysThrough = Collections.unmodifiableNavigableMap(new TreeMap<>(daysThrough));
  }

  /// The days of one month: what the month's entries up to the end of each day add up to.
  record Days(UUID account, int month, long through, NavigableMap<Integer, Sums> days) {

    Days {
      days = Collections.unmodifiableNavigableMap(new TreeMap<>(days));
    }
  }

  /// Entries of one accounting day that are in no checkpoint.
  ///
  /// @param day since 1970-01-01
  /// @param firstSequence the lowest; the highest is in the sums
  /// @param entries how many they are
  record Added(
      UUID account, int day, Sums sums, long firstSequence, int entries, Instant recordedThrough) {

    int month() {
      return Checkpoint.month(LocalDate.ofEpochDay(day));
    }
  }

  /// A checkpoint and the days that are not those of an earlier one.
  record Built(Checkpoint checkpoint, List<Days> days) {}

  /// Years times twelve and months.
  static int month(LocalDate day) {
    return Math.toIntExact(day.getLong(ChronoField.PROLEPTIC_MONTH));
  }

  /// The checkpoint after `base` and all entries since.
  ///
  /// @param base null for an account's first
  /// @param touched the days of `base` in the months that `added` touches
  /// @param added at least one, all of `account`
  static Built next(
      UUID account,
      long through,
      @Nullable Checkpoint base,
      List<Days> touched,
      List<Added> added) {
    NavigableMap<Integer, Sums> byMonth = new TreeMap<>();
    NavigableMap<Integer, NavigableMap<Integer, Sums>> byDay = new TreeMap<>();
    Instant recorded = base == null ? Instant.MIN : base.recordedThrough();
    for (Added more : added) {
      byMonth.merge(more.month(), more.sums(), Sums::plus);
      byDay
          .computeIfAbsent(more.month(), month -> new TreeMap<>())
          .merge(more.day(), more.sums(), Sums::plus);
      recorded = more.recordedThrough().isAfter(recorded) ? more.recordedThrough() : recorded;
    }
    NavigableMap<Integer, NavigableMap<Integer, Sums>> before = new TreeMap<>();
    touched.forEach(days -> before.put(days.month(), days.days()));
    NavigableMap<Integer, Long> daysThrough =
        base == null ? new TreeMap<>() : new TreeMap<>(base.daysThrough());
    byDay.keySet().forEach(month -> daysThrough.put(month, through));
    List<Days> days =
        byDay.entrySet().stream()
            .map(
                month ->
                    new Days(
                        account,
                        month.getKey(),
                        through,
                        Sums.cumulated(
                            before.getOrDefault(month.getKey(), new TreeMap<>()),
                            month.getValue())))
            .toList();
    NavigableMap<Integer, Sums> months =
        Sums.cumulated(base == null ? new TreeMap<>() : base.months(), byMonth);
    return new Built(new Checkpoint(account, through, recorded, months, daysThrough), days);
  }
}
