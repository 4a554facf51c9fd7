package io.countersign.server.outbox.delivery;

import io.countersign.model.UuidV7;
import io.countersign.model.webhooks.DeliveryState;
import io.countersign.model.webhooks.WebhookEndpointState;
import io.countersign.model.webhooks.WebhookEvent;
import io.countersign.server.database.Transactions;
import io.countersign.webhook.WebhookSignature;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The three parts of a delivery: claim it, call with no transaction open, write what came of it.
@Component
class DeliveryWork {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryWork.class);

  /// A claim outlives its call by far, so that only a server that died or stood still is overtaken.
  private static final int LEASE_CALLS = 3;

  private static final int CONNECTIONS_MAX = 4;

  private static final String CLOSED_ELSEWHERE =
      "the endpoint's secret was closed under another server's key; rotate it";

  private final Semaphore connections = new Semaphore(CONNECTIONS_MAX);
  private final EndpointStore endpoints;
  private final DeliveryStore deliveries;
  private final Endpoints book;
  private final SecretBox box;
  private final EndpointHttp http;
  private final RetrySchedule schedule;
  private final Duration lease;
  private final Transactions transactions;
  private final JsonMapper json;
  private final UuidV7 ids;
  private final Clock clock;

  DeliveryWork(
      EndpointStore endpoints,
      DeliveryStore deliveries,
      Endpoints book,
      SecretBox box,
      EndpointHttp http,
      RetrySchedule schedule,
      WebhookSettings settings,
      Transactions transactions,
      JsonMapper json,
      UuidV7 ids,
      Clock clock) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.book = book;
    this.box = box;
    this.http = http;
    this.schedule = schedule;
    this.lease = settings.callTimeout().multipliedBy(LEASE_CALLS);
    this.transactions = transactions;
    this.json = json;
    this.ids = ids;
    this.clock = clock;
  }

  /// Deliveries of one endpoint that this server is to send now.
  ///
  /// @param endpoint as it was when they were claimed
  record Claimed(EndpointRow endpoint, List<Due> due) {}

  /// The endpoints that something may be sent to now.
  List<EndpointKey> endpointsWithWork() {
    return endpoints.withWork(clock.instant());
  }

  /// @return empty when nothing is due, or the endpoint is disabled or gone
  Optional<Claimed> claim(EndpointKey key, int bite) {
    return written(
        () -> {
          Optional<EndpointRow> endpoint =
              endpoints
                  .find(key.ledger(), key.id())
                  .filter(it -> it.state() == WebhookEndpointState.ENABLED);
          if (endpoint.isEmpty()) {
            return Optional.empty();
          }
          Instant now = clock.instant();
          List<Due> due = deliveries.claim(key, ids.next(), bite, now, now.plus(lease));
          return due.isEmpty() ? Optional.empty() : Optional.of(new Claimed(endpoint.get(), due));
        });
  }

  /// Sends one and writes what came of it.
  Outcome deliver(EndpointRow endpoint, Due due) {
    Outcome outcome = call(endpoint, due);
    return written(
        () -> {
          settle(endpoint, due, outcome);
          return outcome;
        });
  }

  // However many calls end at once, requests find connections.
  private <T> T written(Supplier<T> work) {
    connections.acquireUninterruptibly();
    try {
      return transactions.write(work);
    } finally {
      connections.release();
    }
  }

  private Outcome call(EndpointRow endpoint, Due due) {
    Instant now = clock.instant();
    List<String> secrets = endpoint.secrets(box, now);
    if (secrets.isEmpty()) {
      return Outcome.Failed.unanswered(CLOSED_ELSEWHERE);
    }
    byte[] body =
        json.writeValueAsBytes(
            new WebhookEvent(
                due.event(),
                due.type(),
                due.occurredAt(),
                endpoint.ledgerCode(),
                json.readTree(due.data())));
    String id = due.event().toString();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    headers.put("webhook-signature", WebhookSignature.of(secrets).sign(id, now, body));
    return http.post(URI.create(endpoint.url()), headers, body);
  }

  // Guarded by the claim: who was overtaken writes nothing over what the other has written.
  private void settle(EndpointRow endpoint, Due due, Outcome outcome) {
    EndpointKey key = new EndpointKey(endpoint.ledger(), endpoint.id());
    Instant now = clock.instant();
    boolean ours =
        switch (outcome) {
          case Outcome.Accepted accepted ->
              deliveries.finish(key, due, DeliveryState.DELIVERED, accepted.status(), null, now);
          case Outcome.Gone _ -> gone(endpoint, key, due, now);
          case Outcome.Failed failed -> failed(key, due, failed, now);
        };
    if (!ours) {
      LOG.info("{} at {} was taken up by another server meanwhile", due.event(), endpoint.id());
    }
  }

  private boolean gone(EndpointRow endpoint, EndpointKey key, Due due, Instant now) {
    String why = "answered 410 to " + due.event() + " at " + now;
    book.disable(endpoint, why);
    return deliveries.putOff(key, due, 410, "answered 410; the endpoint is disabled", now);
  }

  private boolean failed(EndpointKey key, Due due, Outcome.Failed failed, Instant now) {
    Optional<Instant> next =
        schedule.next(
            due.attempts(), due.queuedAt(), now, failed.askedFor(), ThreadLocalRandom.current());
    if (next.isPresent()) {
      return deliveries.putOff(key, due, failed.status(), failed.why(), next.get());
    }
    LOG.warn("{} at {} is given up: {}", due.event(), key.id(), failed.why());
    return deliveries.finish(key, due, DeliveryState.DEAD, failed.status(), failed.why(), now);
  }
}
