package io.countersign.server.journal;

import java.time.Duration;

/// When a caller stops waiting. Measures elapsed time, which no clock's adjustment shortens.
record Deadline(long nanos) {

  static Deadline in(Duration wait) {
    return new Deadline(System.nanoTime() + wait.toNanos());
  }

  /// Zero when it has passed.
  Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }
}
