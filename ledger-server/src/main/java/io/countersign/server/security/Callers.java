package io.countersign.server.security;

import io.countersign.server.api.Caller;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Who a token stands for. Remembered for a second, because a client sends the same one thousands
/// of times; a change made on this server is seen at once, one made on another within that second.
@Component
class Callers {

  /// @param until when it must be looked up again
  private record Known(Caller caller, Instant until) {}

  private static final Duration REMEMBERED = Duration.ofSeconds(1);
  private static final int KNOWN_MAX = 10_000;

  private final SessionStore sessions;
  private final ApiKeyStore keys;
  private final SessionSettings settings;
  private final DemonstrationMode demonstration;
  private final Clock clock;
  private final ConcurrentMap<ByteBuffer, Known> known = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  Callers(
      SessionStore sessions,
      ApiKeyStore keys,
      SessionSettings settings,
      DemonstrationMode demonstration,
      Clock clock) {
    this.sessions = sessions;
    this.keys = keys;
    this.settings = settings;
    this.demonstration = demonstration;
    this.clock = clock;
  }

  Optional<Caller> find(String token) {
    byte[] hash = Tokens.hash(token);
    ByteBuffer name = ByteBuffer.wrap(hash);
    Known remembered = known.get(name);
    Instant now = clock.instant();
    if (remembered != null && now.isBefore(remembered.until())) {
      return Optional.of(remembered.caller());
    }
    long before = changes.get();
    Optional<Known> found = lookUp(token, hash, now);
    if (found.isPresent()) {
      remember(name, found.get(), before);
    } else {
      known.remove(name);
    }
    return found.map(Known::caller);
  }

  /// Forgets what is remembered once the caller's transaction has committed.
  void changed() {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            forget();
          }
        });
  }

  private void forget() {
    changes.incrementAndGet();
    known.clear();
  }

  // What was read before a change committed must not be remembered after it.
  private void remember(ByteBuffer name, Known found, long before) {
    if (known.size() >= KNOWN_MAX) {
      known.clear();
    }
    known.put(name, found);
    if (changes.get() != before) {
      known.remove(name);
    }
  }

  private Optional<Known> lookUp(String token, byte[] hash, Instant now) {
    if (token.startsWith(Tokens.KEY)) {
      return keys.valid(hash, now)
          .map(key -> new Known(key.caller(), earlier(now.plus(REMEMBERED), key.expiresAt())));
    }
    return sessions
        .valid(hash, now, now.minus(settings.idle()), demonstration.on())
        .map(
            session -> {
              sessions.seen(session, now);
              return new Known(
                  session.caller(), earlier(now.plus(REMEMBERED), session.expiresAt()));
            });
  }

  private static Instant earlier(Instant one, @org.jspecify.annotations.Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }
}
