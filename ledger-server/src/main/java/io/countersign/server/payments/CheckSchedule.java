package io.countersign.server.payments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/// When a silent provider is asked again.
///
/// @param pauses before the first, the second and every further check; the last one repeats
/// @param deadline counted from the beginning; from then on people are at it, too
/// @param overduePause the least pause after the deadline
record CheckSchedule(List<Duration> pauses, Duration deadline, Duration overduePause) {

  private static final int JITTER_PARTS = 5;

  CheckSchedule {
    pauses = List.copyOf(pauses);
    if (pauses.isEmpty() || pauses.stream().anyMatch(p -> p.isNegative() || p.isZero())) {
      throw new IllegalArgumentException("countersign.payments.checks wants pauses above zero");
    }
  }

  /// A check falls on the deadline itself, so that people learn of it then and no hour later.
  ///
  /// @param begun when what is unknown was begun
  /// @param checks made so far
  /// @return up to a fifth later than the pause says, so that a provider that comes back is not
  ///   asked for everything at once
  Instant next(Instant begun, int checks, Instant now, RandomGenerator random) {
    Duration regular = pauses.get(Math.min(checks, pauses.size() - 1));
    boolean overdue = isOverdue(begun, now);
    long pause =
        (overdue && overduePause.compareTo(regular) > 0 ? overduePause : regular).toMillis();
    Instant next = now.plusMillis(pause + random.nextLong(pause / JITTER_PARTS + 1));
    Instant end = begun.plus(deadline);
    return !overdue && next.isAfter(end) ? end : next;
  }

  boolean isOverdue(Instant begun, Instant now) {
    return !now.isBefore(begun.plus(deadline));
  }
}
