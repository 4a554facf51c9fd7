package io.countersign.server.outbox.delivery;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One endpoint's calls on this server: at most so many are open, so a slow endpoint holds up
/// nobody but itself. One that fails again and again gets one call at a time until it answers.
final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final int FAILURES_FORGIVEN = 3;

  private final EndpointKey key;
  private final DeliveryWork work;
  private final Executor threads;
  private final int atOnce;
  private final Semaphore free;
  private final ReentrantLock claiming = new ReentrantLock();
  private final AtomicInteger failuresInARow = new AtomicInteger();

  Lane(EndpointKey key, DeliveryWork work, Executor threads, int atOnce) {
    this.key = key;
    this.work = work;
    this.threads = threads;
    this.atOnce = atOnce;
    this.free = new Semaphore(atOnce);
  }

  /// Claims and sends until nothing is due or no call is free. Who finds somebody else at it leaves
  /// it to them; what both miss is found at the next look.
  void pump() {
    if (!claiming.tryLock()) {
      return;
    }
    try {
      int bite = room();
      while (bite > 0) {
        Optional<DeliveryWork.Claimed> claimed = work.claim(key, bite);
        if (claimed.isEmpty()) {
          return;
        }
        for (Due due : claimed.get().due()) {
          free.acquireUninterruptibly();
          threads.execute(() -> deliver(claimed.get().endpoint(), due));
        }
        bite = room();
      }
    } catch (RejectedExecutionException stopping) {
      LOG.debug("stopped while claiming; the claims end by themselves");
    } finally {
      claiming.unlock();
    }
  }

  boolean isIdle() {
    return free.availablePermits() == atOnce;
  }

  private int room() {
    int open = atOnce - free.availablePermits();
    int allowed = failuresInARow.get() >= FAILURES_FORGIVEN ? 1 : atOnce;
    return allowed - open;
  }

  private void deliver(EndpointRow endpoint, Due due) {
    try {
      Outcome outcome = work.deliver(endpoint, due);
      if (outcome instanceof Outcome.Accepted) {
        failuresInARow.set(0);
      } else {
        failuresInARow.incrementAndGet();
      }
    } catch (RuntimeException e) {
      // Its claim ends by itself, and it goes out again.
      LOG.warn("what came of {} at {} could not be written", due.event(), key.id(), e);
    } finally {
      free.release();
    }
    pumpOn();
  }

  private void pumpOn() {
    try {
      pump();
    } catch (RuntimeException e) {
      LOG.warn("looking for deliveries to {} failed; the next look repeats it", key.id(), e);
    }
  }
}
