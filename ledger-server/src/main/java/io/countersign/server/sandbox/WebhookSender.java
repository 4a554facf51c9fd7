package io.countersign.server.sandbox;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Sends signed events until each is answered with a 2xx, or for 72 hours.
final class WebhookSender implements AutoCloseable {

  private static final Logger LOG = System.getLogger(WebhookSender.class.getName());
  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(3);
  private static final Duration SECOND_COPY_AFTER = Duration.ofMillis(500);

  private final WebhookSigner signer;
  private final Clock clock;
  private final AcquirerBooks books;
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .executor(senders)
          .build();

  WebhookSender(WebhookSigner signer, Clock clock, AcquirerBooks books) {
    this.signer = signer;
    this.clock = clock;
    this.books = books;
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /// Schedules what of the operation's events has not been taken yet.
  void schedule(Operation operation) {
    try {
      for (WebhookEvent event : WebhookEvent.of(operation)) {
        if (!books.isDelivered(event.id())) {
          later(Duration.between(clock.instant(), event.dueAt()), () -> attempt(event, 1));
        }
      }
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "no webhook for {0}: {1}", operation.key(), e.getMessage());
    }
  }

  private void attempt(WebhookEvent event, int attempts) {
    if (isTaken(event)) {
      books.delivered(event.id());
      if (event.twice()) {
        later(SECOND_COPY_AFTER, () -> isTaken(event));
      }
      return;
    }
    Duration age = Duration.between(event.dueAt(), clock.instant());
    if (age.compareTo(GIVEN_UP_AFTER) < 0) {
      later(WebhookEvent.pause(attempts, age), () -> attempt(event, attempts + 1));
    }
  }

  private boolean isTaken(WebhookEvent event) {
    Instant now = clock.instant();
    HttpRequest request =
        HttpRequest.newBuilder(event.url())
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .header("webhook-id", event.id())
            .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
            .header(
                "webhook-signature", signer.sign(event.id(), now.getEpochSecond(), event.body()))
            .POST(HttpRequest.BodyPublishers.ofString(event.body()))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status / 100 == 2;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "webhook {0} not taken: {1}", event.id(), e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void later(Duration delay, Runnable work) {
    if (!timer.isShutdown()) {
      var _ =
          timer.schedule(
              () -> senders.execute(work), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    senders.shutdownNow();
    client.shutdownNow();
  }
}
