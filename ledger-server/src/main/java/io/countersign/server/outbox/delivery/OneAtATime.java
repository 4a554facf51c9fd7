package io.countersign.server.outbox.delivery;

import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// A job of the background that runs at a rate and not with a delay: tasks with a delay share one
/// thread, and others must not wait for this one. It leaves a round out while the last one runs.
final class OneAtATime {

  private static final Logger LOG = LoggerFactory.getLogger(OneAtATime.class);

  private final ReentrantLock running = new ReentrantLock();
  private final String what;

  /// @param what it does, for the log
  OneAtATime(String what) {
    this.what = what;
  }

  void run(Runnable work) {
    if (!running.tryLock()) {
      return;
    }
    try {
      work.run();
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("{} failed; the next round repeats it: {}", what, e.toString());
    } finally {
      running.unlock();
    }
  }
}
