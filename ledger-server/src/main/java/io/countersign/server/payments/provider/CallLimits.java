package io.countersign.server.payments.provider;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/// Bounds what one provider may take of this server, so that a slow or dead one hurts nobody else's
/// payments. Nobody waits here: who finds no place tries again later.
@Component
public class CallLimits {

  /// On whose time a call is made.
  public enum Lane {
    /// Of a caller who waits for the answer.
    REQUEST,
    /// Of nobody: a check, or what is taken up again.
    BACKGROUND
  }

  /// A call that is under way, until it is closed.
  public static final class Place implements AutoCloseable {

    private final Semaphore places;
    private final AtomicBoolean taken = new AtomicBoolean(true);

    private Place(Semaphore places) {
      this.places = places;
    }

    @Override
    public void close() {
      if (taken.getAndSet(false)) {
        places.release();
      }
    }
  }

  private record Key(String provider, Lane lane) {}

  private final CallLimitProperties properties;
  private final ConcurrentMap<Key, Semaphore> places = new ConcurrentHashMap<>();

  CallLimits(CallLimitProperties properties) {
    this.properties = properties;
  }

  /// @return empty when as many calls as may be are under way
  public Optional<Place> take(String provider, Lane lane) {
    Semaphore of = of(provider, lane);
    return of.tryAcquire() ? Optional.of(new Place(of)) : Optional.empty();
  }

  /// @return how many calls are under way
  public int underWay(String provider, Lane lane) {
    return max(lane) - of(provider, lane).availablePermits();
  }

  private Semaphore of(String provider, Lane lane) {
    return places.computeIfAbsent(new Key(provider, lane), it -> new Semaphore(max(lane)));
  }

  private int max(Lane lane) {
    return switch (lane) {
      case REQUEST -> properties.requests();
      case BACKGROUND -> properties.background();
    };
  }
}
