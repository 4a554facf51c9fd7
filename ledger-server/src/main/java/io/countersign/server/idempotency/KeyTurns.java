package io.countersign.server.idempotency;

import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Lets requests with one key take turns in memory, so that a storm of retries waits here and not
/// on the database's connections. Across servers the key's row does the same.
final class KeyTurns {

  private record Key(int ledger, UUID owner, String key) {}

  private static final class Turn {
    final ReentrantLock lock = new ReentrantLock();
    int takers;
  }

  private final ConcurrentMap<Key, Turn> turns = new ConcurrentHashMap<>();
  private final Duration wait;

  KeyTurns(Duration wait) {
    this.wait = wait;
  }

  <T> T take(KeyedRequest request, Supplier<T> work) {
    Key key = new Key(request.ledger(), request.owner(), request.key());
    Turn turn = turns.compute(key, (k, known) -> join(known));
    try {
      if (!turn.lock.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw inUse();
      }
      try {
        return work.get();
      } finally {
        turn.lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw inUse();
    } finally {
      turns.compute(key, (k, known) -> leave(turn));
    }
  }

  int waiting() {
    return turns.size();
  }

  static ProblemException inUse() {
    return Problem.of(
            "idempotency-key-in-use",
            409,
            "The first request with this key is still running; repeat with the same key in a"
                + " second.")
        .asException();
  }

  private static Turn join(@org.jspecify.annotations.Nullable Turn known) {
    Turn turn = known == null ? new Turn() : known;
    turn.takers++;
    return turn;
  }

  @SuppressWarnings("NullAway") // a null tells compute() to drop the mapping
  private static Turn leave(Turn turn) {
    turn.takers--;
    return turn.takers == 0 ? null : turn;
  }
}
