package io.countersign.server.security;

import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemResponses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Slows down guessing of passwords. Failures count per username and address together, so that
/// nobody can lock a person out from elsewhere; each failure past the first five doubles the wait,
/// up to a minute.
@Component
class SignInBackoff {

  private record Guess(String username, String address) {}

  private record Failures(int count, Instant last) {}

  private static final int FREE_FAILURES = 5;
  private static final Duration WAIT_MAX = Duration.ofMinutes(1);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
  private static final int REMEMBERED_MAX = 10_000;

  private final Clock clock;

  /// Forgets the oldest guess first, so that guessing cannot fill the memory.
  private static final class Remembered extends LinkedHashMap<Guess, Failures> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Guess, Failures> eldest) {
      return size() > REMEMBERED_MAX;
    }
  }

  private final Map<Guess, Failures> failures = new Remembered();

  SignInBackoff(Clock clock) {
    this.clock = clock;
  }

  /// @throws io.countersign.server.api.ProblemException 429 `rate-limited`
  synchronized void requireAllowed(String username, String address) {
    Failures known = failures.get(new Guess(username, address));
    if (known == null) {
      return;
    }
    Duration left = Duration.between(clock.instant(), known.last().plus(wait(known.count())));
    if (left.isPositive()) {
      throw Problem.of("rate-limited", 429, "Too many wrong passwords; wait before the next try.")
          .with(ProblemResponses.RETRY_AFTER, left.toSeconds() + 1)
          .asException();
    }
  }

  synchronized void failed(String username, String address) {
    Instant now = clock.instant();
    failures.merge(
        new Guess(username, address),
        new Failures(1, now),
        (known, one) ->
            known.last().plus(FORGOTTEN_AFTER).isBefore(now)
                ? one
                : new Failures(known.count() + 1, now));
  }

  synchronized void succeeded(String username, String address) {
    failures.remove(new Guess(username, address));
  }

  private static Duration wait(int count) {
    if (count < FREE_FAILURES) {
      return Duration.ZERO;
    }
    int doublings = Math.min(count - FREE_FAILURES, 6);
    Duration wait = Duration.ofSeconds(1L << doublings);
    return wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
  }
}
