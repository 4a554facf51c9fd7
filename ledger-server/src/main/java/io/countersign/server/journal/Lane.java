package io.countersign.server.journal;

import io.countersign.server.api.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The queue of one ledger. Whoever waits in it when a writer comes free shares that writer's next
/// group.
///
/// Writers are virtual threads that live as long as there is something to write, so an idle ledger
/// costs nothing and a first request waits for nobody.
final class Lane {

  private final Consumer<List<Waiting>> writer;
  private final GroupProperties limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Waiting> queue = new ArrayDeque<>();
  private int writing;

  /// @param writer ends the flight of everything in the group it is given, and throws nothing
  Lane(Consumer<List<Waiting>> writer, GroupProperties limits) {
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
      Thread.ofVirtual().name("group commit").start(this::writeUntilEmpty);
    }
  }

  private void writeUntilEmpty() {
    boolean left = false;
    try {
      for (List<Waiting> group = next(); !group.isEmpty(); group = next()) {
        writer.accept(group);
      }
      left = true;
    } finally {
      if (!left) {
        leave();
      }
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
