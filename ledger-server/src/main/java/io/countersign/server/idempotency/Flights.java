package io.countersign.server.idempotency;

import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// Joins requests with one key in memory: the first one executes, the others get its answer. So a
/// storm of retries waits here and costs the database nothing. Across servers the key's row does
/// the same.
@Component
public class Flights {

  private record Key(int ledger, UUID owner, String key) {}

  private final ConcurrentMap<Key, Flight> underWay = new ConcurrentHashMap<>();
  private final Duration wait;

  Flights(IdempotencyProperties properties) {
    this.wait = properties.inUseWait();
  }

  /// The execution of this key that is under way, or a new one that `request` leads.
  public Flight board(KeyedRequest request) {
    Key key = new Key(request.ledger(), request.owner(), request.key());
    Flight mine = new Flight(request, () -> underWay.remove(key));
    Flight known = underWay.putIfAbsent(key, mine);
    return known == null ? mine : known;
  }

  /// Executes `work`, or waits for an equal request that does.
  ///
  /// @throws ProblemException 409 `idempotency-key-in-use` when another request with the key takes
  ///   longer than the time allowed for waiting
  Landing lead(KeyedRequest request, Supplier<Landing> work) {
    long start = System.nanoTime();
    while (true) {
      Flight flight = board(request);
      if (flight.ledBy(request)) {
        return landed(flight, work);
      }
      Duration left = wait.minusNanos(System.nanoTime() - start);
      if (flight.answers(request)) {
        return awaited(flight, left).again();
      }
      awaitEnd(flight, left);
    }
  }

  /// 409: the first request with the key takes longer than others may wait.
  public static ProblemException inUse() {
    return Problem.of(
            "idempotency-key-in-use",
            409,
            "The first request with this key is still running; repeat with the same key in a"
                + " second.")
        .asException();
  }

  private static Landing landed(Flight flight, Supplier<Landing> work) {
    try {
      Landing landing = work.get();
      flight.land(landing);
      return landing;
    } catch (RuntimeException e) {
      flight.fail(e);
      throw e;
    } catch (Error e) {
      flight.fail(new IllegalStateException(e));
      throw e;
    }
  }

  private static Landing awaited(Flight flight, Duration left) {
    try {
      return flight.await(left);
    } catch (TimeoutException e) {
      throw inUse();
    }
  }

  // The other request is not this one: its failure is not ours, and its answer only shows in the
  // database that the key is used.
  private static void awaitEnd(Flight flight, Duration left) {
    try {
      flight.await(left);
    } catch (TimeoutException e) {
      throw inUse();
    } catch (RuntimeException othersFailure) {
      return;
    }
  }
}
