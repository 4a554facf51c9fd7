package io.countersign.server.payments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/// When a silent provider is asked again.
///
/// @param pauses before the first, the second and every further check; the last one repeats
record CheckSchedule(List<Duration> pauses) {

  private static final int JITTER_PARTS = 5;

  CheckSchedule {
    pauses = List.copyOf(pauses);
    if (pauses.isEmpty() || pauses.stream().anyMatch(p -> p.isNegative() || p.isZero())) {
      throw new IllegalArgumentException("countersign.payments.checks wants pauses above zero");
    }
  }

  /// @param checks made so far
  /// @return up to a fifth later than the pause says, so that a provider that comes back is not
  ///   asked for everything at once
  Instant next(int checks, Instant now, RandomGenerator random) {
    long pause = pauses.get(Math.min(checks, pauses.size() - 1)).toMillis();
    return now.plusMillis(pause + random.nextLong(pause / JITTER_PARTS + 1));
  }
}
