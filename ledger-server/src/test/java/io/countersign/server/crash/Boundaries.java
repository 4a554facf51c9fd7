package io.countersign.server.crash;

import io.countersign.server.testing.AcquirerLine;
import io.countersign.server.testing.CommitFaults;
import io.countersign.server.testing.CommitFaults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Everything a server commits about money, and everything it asks of its acquirer, seen from
/// outside and in order. Each can be stopped on either side, and stays so until the server is dead.
///
/// That is what lets one `kill -9` hit work at many places at once: one piece of work waits at
/// each.
final class Boundaries {

  enum Side {
    BEFORE,
    AFTER
  }

  /// Of all commits those count that touch one of these; the server's own housekeeping does not.
  private static final Set<String> COUNTED =
      Set.of(
          "idempotency.key",
          "payments.payment",
          "payments.refund",
          "sagas.saga",
          "transfers.departure",
          "transfers.arrival");

  private volatile @Nullable Tape tape;
  private volatile CountDownLatch dead = new CountDownLatch(1);

  Boundaries(CommitFaults commits) {
    commits.injectByTables(this::commit);
  }

  /// Lets work through and says what passed.
  List<String> record(Runnable work) {
    Tape all = new Tape(-1, Side.BEFORE);
    tape = all;
    work.run();
    tape = null;
    return List.copyOf(all.passed);
  }

  /// Starts work and returns when it has been stopped, or when patience is at its end.
  ///
  /// @param number of the boundary in the order of #record(Runnable)
  /// @return whether it has been stopped
  boolean stop(int number, Side side, Runnable work, Duration patience)
      throws InterruptedException {
    Tape stopping = new Tape(number, side);
    tape = stopping;
    Thread.startVirtualThread(
        () -> {
          try {
            work.run();
          } catch (RuntimeException killed) {
            // Whoever asked does not know what became of it, which is the point.
          }
        });
    return stopping.stopped.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// What was stopped before goes no further; what comes from now on passes.
  void serverIsDead() {
    tape = null;
    dead.countDown();
    dead = new CountDownLatch(1);
  }

  private Fault commit(Set<String> tables) {
    Tape now = tape;
    Set<String> counted = new TreeSet<>(tables);
    counted.retainAll(COUNTED);
    if (now == null || counted.isEmpty() || !now.stopsAt("commit " + counted)) {
      return Fault.NONE;
    }
    if (now.side == Side.AFTER) {
      now.stopped.countDown();
      return Fault.UNANSWERED;
    }
    awaitDeath(now);
    return Fault.CUT_BEFORE;
  }

  AcquirerLine.Answered asked(String request) {
    Tape now = tape;
    String line = request.substring(0, request.indexOf(" HTTP/"));
    if (now == null || !now.stopsAt(line.replaceAll("/(pay|ref)_[^/]*", "/{key}"))) {
      return whole -> {};
    }
    if (now.side == Side.BEFORE) {
      awaitDeath(now);
      throw new IllegalStateException("who asked is dead");
    }
    return whole -> {
      awaitDeath(now);
      throw new IllegalStateException("who asked is dead");
    };
  }

  private void awaitDeath(Tape now) {
    CountDownLatch death = dead;
    now.stopped.countDown();
    try {
      death.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Tape {

    private final int stop;
    private final Side side;
    private final List<String> passed = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Tape(int stop, Side side) {
      this.stop = stop;
      this.side = side;
    }

    synchronized boolean stopsAt(String name) {
      passed.add(name);
      return passed.size() - 1 == stop;
    }
  }
}
