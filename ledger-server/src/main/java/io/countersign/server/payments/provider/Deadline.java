package io.countersign.server.payments.provider;

import java.time.Duration;

/// What is left of the time for one question to a provider, whatever number of requests it takes.
final class Deadline {

  private final long startNanos = System.nanoTime();
  private final Duration time;

  private Deadline(Duration time) {
    this.time = time;
  }

  static Deadline in(Duration time) {
    return new Deadline(time);
  }

  Duration passed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /// @return 1 or more: what is over is seen when nothing answers in that time
  int leftMillis() {
    return (int) Math.max(1, time.minus(passed()).toMillis());
  }
}
