package io.countersign.server.idempotency;

import io.countersign.server.api.KeyedRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One execution of a key on this server, from its leader's arrival to its end. Whoever leads must
/// end it, by [#land] or [#fail], whatever happens.
public final class Flight {

  private final KeyedRequest leader;
  private final Runnable leave;
  private final CompletableFuture<Landing> end = new CompletableFuture<>();

  Flight(KeyedRequest leader, Runnable leave) {
    this.leader = leader;
    this.leave = leave;
  }

  /// Whether `request` leads, and has to end this.
  @SuppressWarnings("ReferenceEquality") // of two equal requests only one leads
  public boolean ledBy(KeyedRequest request) {
    return leader == request;
  }

  /// Whether the leader's answer is the answer to `request` too.
  public boolean answers(KeyedRequest request) {
    return leader.fingerprint().equals(request.fingerprint());
  }

  public void land(Landing landing) {
    // Whoever comes from now on looks the key up in the database, where the answer is.
    leave.run();
    end.complete(landing);
  }

  /// Nothing was kept under the key, or nobody knows.
  public void fail(RuntimeException failure) {
    leave.run();
    end.completeExceptionally(failure);
  }

  /// @throws TimeoutException when it has not ended in time; it goes on
  /// @throws RuntimeException what it failed with
  public Landing await(Duration longest) throws TimeoutException {
    try {
      return end.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a request", e);
    }
  }
}
