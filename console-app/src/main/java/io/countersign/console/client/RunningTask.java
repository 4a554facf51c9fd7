package io.countersign.console.client;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A call under way, as the status bar shows it.
public final class RunningTask {

  private final String label;
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private volatile boolean cancelled;

  RunningTask(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /// Stops waiting for it. What was asked may happen all the same.
  public void cancel() {
    cancelled = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /// Waits until it has come to an end, whichever.
  public void awaitEnd() throws InterruptedException {
    end.await();
  }

  void ended() {
    end.countDown();
  }

  void runsOn(Thread runner) {
    thread = runner;
    if (cancelled) {
      runner.interrupt();
    }
  }
}
