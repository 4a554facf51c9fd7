package io.countersign.server.sagas;

import io.countersign.model.WireName;
import org.jspecify.annotations.Nullable;

/// What happened to a step, appended.
///
/// @param attempts it took so far
record LogLine(String step, Event event, int attempts, @Nullable String detail) {

  enum Event implements WireName {
    DONE,
    REFUSED,
    UNDONE,
    FAILED,
    STUCK,
    RETRIED
  }
}
