package io.countersign.server.journal;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// A permit that is given back once, however often its end is told.
final class Turn {

  private final Semaphore permits;
  private final AtomicBoolean ended = new AtomicBoolean();

  /// Waits for a permit.
  Turn(Semaphore permits) {
    permits.acquireUninterruptibly();
    this.permits = permits;
  }

  void end() {
    if (ended.compareAndSet(false, true)) {
      permits.release();
    }
  }
}
