package io.countersign.server.outbox.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of one call.
sealed interface Outcome {

  /// A 2xx: the endpoint has the event.
  record Accepted(int status) implements Outcome {}

  /// 410: the endpoint wants nothing any more.
  record Gone() implements Outcome {}

  /// Everything else. The endpoint may have the event all the same; it gets it again.
  ///
  /// @param status null when there was no answer
  /// @param askedFor what `Retry-After` says; zero when it says nothing
  record Failed(@Nullable Integer status, String why, Duration askedFor) implements Outcome {

    static Failed unanswered(String why) {
      return new Failed(null, why, Duration.ZERO);
    }
  }
}
