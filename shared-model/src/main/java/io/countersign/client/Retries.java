package io.countersign.client;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How often and after what pause a call is made again: exponential backoff with full jitter, so
/// that clients that failed together do not come back together.
///
/// @param attemptsMax the first one counted in, at least 1
/// @param first the longest pause before the second attempt; doubles each time
/// @param cap the longest pause of all; a longer `Retry-After` ends the retrying
public record Retries(int attemptsMax, Duration first, Duration cap) {

  public static final Retries PATIENT =
      new Retries(8, Duration.ofMillis(200), Duration.ofSeconds(20));

  /// For somebody who sits in front of the screen.
  public static final Retries BRISK = new Retries(3, Duration.ofMillis(150), Duration.ofSeconds(2));

  public Retries {
    if (attemptsMax < 1 || first.isNegative() || cap.compareTo(first) < 0) {
      throw new IllegalArgumentException("not a way to retry: " + attemptsMax + ", " + first);
    }
  }

  /// @param failed how many attempts have failed so far, at least 1
  /// @param retryAfter what the server asked for, if it did
  Duration pause(int failed, @Nullable Duration retryAfter, RandomGenerator random) {
    long ceiling = Math.min(cap.toMillis(), first.toMillis() << Math.min(failed - 1, 20));
    Duration jitter = Duration.ofMillis(random.nextLong(ceiling + 1));
    return retryAfter == null ? jitter : retryAfter.plus(jitter);
  }

  boolean allows(int failed, @Nullable Duration retryAfter) {
    return failed < attemptsMax && (retryAfter == null || retryAfter.compareTo(cap) <= 0);
  }
}
