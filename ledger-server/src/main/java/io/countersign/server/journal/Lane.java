package io.countersign.server.journal;

import io.countersign.server.api.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/// The queue of one ledger. Whoever waits in it when a writer comes free shares that writer's next
/// group.
///
/// One writer at a time gathers and decides; while it waits for its commit the next one may begin.
/// So groups are as large as they can be, two of them seldom want the same accounts at once, and
/// neither the disk nor the processor waits for the other.
///
/// Writers live as long as there is something to write, so an idle ledger costs nothing and a first
/// request waits for nobody. They are platform threads: a writer waits for PostgreSQL a dozen times
/// a group, everybody waits for it, and a virtual thread is woken by way of two others.
final class Lane {

  /// Ends the flight of everything in the group it is given, and throws nothing.
  @FunctionalInterface
  interface Writer {

    /// @param decided to be called when nothing is left but the commit; again is harmless
    void write(List<Waiting> group, Runnable decided);
  }

  private final Writer writer;
  private final GroupProperties limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private final Semaphore deciding = new Semaphore(1);
  private int writing;

  Lane(Writer writer, GroupProperties limits) {
    this.writer = writer;
    this.limits = limits;
  }

  /// Takes all or, when the queue would become too long, fails all with 503 `unavailable`.
  void add(List<Waiting> more) {
    if (more.isEmpty()) {
      return;
    }
    boolean start;
    lock.lock();
    try {
      if (queue.size() + more.size() > limits.waiting()) {
        start = false;
        more.forEach(Lane::refuse);
      } else {
        queue.addAll(more);
        start = writing < limits.writers();
        writing += start ? 1 : 0;
      }
    } finally {
      lock.unlock();
    }
    if (start) {
      Thread.ofPlatform().daemon().name("group commit").start(this::writeUntilEmpty);
    }
  }

  private void writeUntilEmpty() {
    boolean left = false;
    try {
      while (writeNext()) {
        // Somebody may have come meanwhile.
      }
      left = true;
    } finally {
      if (!left) {
        leave();
      }
    }
  }

  private boolean writeNext() {
    Turn turn = new Turn(deciding);
    try {
      List<Waiting> group = next();
      if (group.isEmpty()) {
        return false;
      }
      writer.write(group, turn::end);
      return true;
    } finally {
      turn.end();
    }
  }

  // Only for a writer that an Error ended: without this its place would never be free again.
  private void leave() {
    lock.lock();
    try {
      writing--;
    } finally {
      lock.unlock();
    }
  }

  // Empty means that the asking writer has left.
  private List<Waiting> next() {
    List<Waiting> group = new ArrayList<>();
    int entries = 0;
    lock.lock();
    try {
      for (Waiting first = queue.peek(); first != null; first = queue.peek()) {
        entries += first.entries();
        boolean full = group.size() == limits.transactions() || entries > limits.entries();
        if (full && !group.isEmpty()) {
          break;
        }
        queue.remove();
        if (first.take()) {
          group.add(first);
        }
      }
      writing -= group.isEmpty() ? 1 : 0;
    } finally {
      lock.unlock();
    }
    return group;
  }

  private static void refuse(Waiting waiting) {
    waiting
        .flight()
        .fail(
            Problems.unavailable(
                    "Too many requests wait; nothing was done. Repeat with the same key.")
                .asException());
  }
}
