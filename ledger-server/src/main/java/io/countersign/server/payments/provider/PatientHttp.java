package io.countersign.server.payments.provider;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;

/// Sends a request that is harmless to repeat, again and again until it is answered or its time is
/// over. The deadline covers the last byte of the body, however slowly it drips.
final class PatientHttp implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final int ANSWER_BYTES_MAX = 64 * 1024;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final int PAUSE_DOUBLINGS_MAX = 4;
  private static final int BREAKS_FORGIVEN = 1;

  /// @param waited from the first send to the end of the last
  record Outcome(Attempt last, Duration waited) {}

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .executor(threads)
          .build();

  private final IntPredicate isWorthRepeating;

  /// @param isWorthRepeating of the statuses below 500; those above always are
  PatientHttp(IntPredicate isWorthRepeating) {
    this.isWorthRepeating = isWorthRepeating;
  }

  Outcome send(HttpRequest request, Duration deadline) {
    long start = System.nanoTime();
    int breaks = 0;
    for (int sends = 1; ; sends++) {
      Attempt attempt = once(request, deadline.minusNanos(System.nanoTime() - start));
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      breaks += attempt instanceof Attempt.Broken ? 1 : 0;
      Duration pause = pause(sends, attempt);
      boolean again = isWorthRepeating(attempt, breaks);
      if (!again || waited.plus(pause).compareTo(deadline) >= 0 || !slept(pause)) {
        return new Outcome(attempt, waited);
      }
    }
  }

  private boolean isWorthRepeating(Attempt attempt, int breaks) {
    return switch (attempt) {
      case Attempt.Answered answered ->
          answered.status() >= 500 || isWorthRepeating.test(answered.status());
      case Attempt.Refused _ -> true;
      // A pooled connection may have been closed under us. A provider that breaks it twice means
      // it.
      case Attempt.Broken _ -> breaks <= BREAKS_FORGIVEN;
      case Attempt.TimedOut _ -> false;
    };
  }

  private static Duration pause(int sends, Attempt attempt) {
    long own = FIRST_PAUSE_MILLIS << Math.min(sends - 1, PAUSE_DOUBLINGS_MAX);
    return Duration.ofMillis(Math.max(own, wishedMillis(attempt)));
  }

  /// What the other side asks for in seconds; a date, which it may be too, is not waited for.
  private static long wishedMillis(Attempt attempt) {
    return attempt instanceof Attempt.Answered answered
        ? answered
            .headers()
            .firstValue("Retry-After")
            .filter(seconds -> seconds.matches("[0-9]{1,6}"))
            .map(seconds -> Long.parseLong(seconds) * 1000)
            .orElse(0L)
        : 0;
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Attempt once(HttpRequest request, Duration left) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
    try {
      return answered(answer.get(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Attempt.TimedOut();
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Attempt.TimedOut();
    } catch (ExecutionException e) {
      return failed(e);
    }
  }

  private static Attempt answered(HttpResponse<byte[]> response) {
    return new Attempt.Answered(
        response.statusCode(),
        response.headers(),
        new String(response.body(), StandardCharsets.UTF_8));
  }

  private static Attempt failed(ExecutionException failure) {
    return switch (failure.getCause()) {
      case ConnectException _ -> new Attempt.Refused();
      case HttpConnectTimeoutException _ -> new Attempt.Refused();
      case IOException broken -> new Attempt.Broken(String.valueOf(broken.getMessage()));
      case null, default -> throw new IllegalStateException("a request failed", failure);
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
