package io.countersign.server.payments.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Keeps sends away from a provider that does not answer them. After so many unanswered sends in a
/// row it is open: one send is let through per pause, as a trial, and the first answer closes it.
/// Lookups never count: a provider may answer those and no charge.
///
/// Each server judges for itself, by what it sent since its start.
final class Circuit {

  private final InstantSource clock;
  private final int opensAfter;
  private final Duration pause;

  private int unanswered;
  private Instant nextTrialAt = Instant.EPOCH;

  Circuit(InstantSource clock, int opensAfter, Duration pause) {
    this.clock = clock;
    this.opensAfter = opensAfter;
    this.pause = pause;
  }

  /// Whether a send may go out now. While it is open, yes is said once per pause.
  synchronized boolean allows() {
    if (unanswered < opensAfter) {
      return true;
    }
    Instant now = clock.instant();
    if (now.isBefore(nextTrialAt)) {
      return false;
    }
    nextTrialAt = now.plus(pause);
    return true;
  }

  synchronized void sent(boolean answered) {
    if (answered) {
      unanswered = 0;
      return;
    }
    unanswered++;
    if (unanswered == opensAfter) {
      nextTrialAt = clock.instant().plus(pause);
    }
  }

  /// When to ask again after a no.
  synchronized Instant nextTrialAt() {
    return nextTrialAt;
  }
}
