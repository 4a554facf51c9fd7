package io.countersign.server.payments;

import io.countersign.server.api.KeyedRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// The requests that this server is calling a provider for just now, by what they are about.
/// Retries wait here for the first one's answer; the commit that ends the work stores that answer.
@Component
class UnderWay {

  /// @param stored the answer, from the commit that ended the work on
  private record Work(
      KeyedRequest request,
      CompletableFuture<Boolean> answered,
      AtomicReference<@Nullable ResponseEntity<byte[]>> stored) {}

  private final ConcurrentMap<UUID, Work> works = new ConcurrentHashMap<>();

  void begin(UUID subject, KeyedRequest request) {
    works.put(subject, new Work(request, new CompletableFuture<>(), new AtomicReference<>()));
  }

  void end(UUID subject) {
    Work work = works.remove(subject);
    if (work != null) {
      work.answered().complete(true);
    }
  }

  /// The work of this server about `subject`, if there is any, was answered, and that is committed.
  void answered(UUID subject, ResponseEntity<byte[]> answer) {
    Work work = works.get(subject);
    if (work != null) {
      work.stored().set(answer);
    }
  }

  /// @return empty until the answer is known to be committed
  Optional<ResponseEntity<byte[]>> answer(UUID subject) {
    return Optional.ofNullable(works.get(subject)).map(work -> work.stored().get());
  }

  boolean isHere(UUID subject) {
    return works.containsKey(subject);
  }

  Optional<KeyedRequest> request(UUID subject) {
    return Optional.ofNullable(works.get(subject)).map(Work::request);
  }

  /// @return whether the work has ended within `patience`
  boolean awaitEnd(UUID subject, Duration patience) {
    @Nullable Work work = works.get(subject);
    if (work == null) {
      return true;
    }
    try {
      return work.answered().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody completes it with a failure", e);
    } catch (TimeoutException e) {
      return false;
    }
  }
}
