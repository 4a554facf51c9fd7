package io.countersign.server.outbox.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a delivery that failed is tried again, and when no more.
///
/// @param pauses before the second and every further attempt; the last one repeats
/// @param giveUpAfter counted from when the delivery was queued; every delivery gets one attempt
record RetrySchedule(List<Duration> pauses, Duration giveUpAfter) {

  private static final int JITTER_PARTS = 5;
  private static final Duration ASKED_MAX = Duration.ofHours(4);

  RetrySchedule {
    pauses = List.copyOf(pauses);
    if (pauses.isEmpty() || pauses.stream().anyMatch(p -> p.isNegative() || p.isZero())) {
      throw new IllegalArgumentException("countersign.webhooks.retries wants pauses above zero");
    }
  }

  /// Up to a fifth later than the pause says, so that an endpoint that comes back does not get
  /// everything at once; later still, by four hours at most, when it asked for that.
  ///
  /// @param attempts made so far, at least 1
  /// @param askedFor what the endpoint's `Retry-After` says; zero when it says nothing
  /// @return empty when it is given up
  Optional<Instant> next(
      int attempts, Instant queuedAt, Instant now, Duration askedFor, RandomGenerator random) {
    if (!now.isBefore(queuedAt.plus(giveUpAfter))) {
      return Optional.empty();
    }
    long pause = pauses.get(Math.min(attempts, pauses.size()) - 1).toMillis();
    Duration jittered = Duration.ofMillis(pause + random.nextLong(pause / JITTER_PARTS + 1));
    Duration asked = askedFor.compareTo(ASKED_MAX) > 0 ? ASKED_MAX : askedFor;
    Instant next = now.plus(jittered.compareTo(asked) < 0 ? asked : jittered);
    // The last attempt falls on the end itself, so that the whole time is used.
    Instant end = queuedAt.plus(giveUpAfter);
    return Optional.of(next.isAfter(end) ? end : next);
  }
}
