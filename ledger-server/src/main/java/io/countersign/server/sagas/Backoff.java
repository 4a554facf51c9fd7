package io.countersign.server.sagas;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait after a failure: doubling from a second to ten minutes, half of it random, so
/// that those who failed together do not come back together.
final class Backoff {

  static final int FAILURES_MAX = 10;

  private static final long FIRST_MILLIS = 1000;
  private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

  private Backoff() {}

  /// @param failures in a row, this one included
  static Duration after(int failures, RandomGenerator random) {
    long whole = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, 20));
    return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
  }
}
