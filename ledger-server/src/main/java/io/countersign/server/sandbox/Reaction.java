package io.countersign.server.sandbox;

import java.time.Duration;
import java.util.Map;

/// What the acquirer does with a connection.
sealed interface Reaction {

  record Answer(int status, String contentType, String body, Map<String, String> headers)
      implements Reaction {}

  /// Closes the connection without a byte.
  record Drop() implements Reaction {}

  /// Keeps the connection open without a byte, then closes it.
  record Hang() implements Reaction {}

  /// Answers, but not yet.
  record After(Duration delay, Reaction then) implements Reaction {}

  static Answer json(int status, Object body) {
    return new Answer(status, "application/json", Json.write(body), Map.of());
  }
}
