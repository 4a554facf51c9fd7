package io.countersign.server.outbox.delivery;

import io.countersign.model.UuidV7;
import io.countersign.model.webhooks.WebhookEndpoint;
import io.countersign.model.webhooks.WebhookEndpointRequest;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.audit.AuditFixture;
import io.countersign.server.database.Home;
import io.countersign.server.database.Transactions;
import io.countersign.server.outbox.Outbox;
import io.countersign.server.outbox.OutboxFixture;
import io.countersign.server.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// The delivering part of one server; several may share a database.
final class Deliverer implements AutoCloseable {

  static final LedgerScope MAIN = new LedgerScope(1, "main", ZoneOffset.UTC);
  static final Caller INTEGRATOR =
      new Caller(new UUID(0, 7), "shop", Caller.Kind.CLIENT, new UUID(0, 8), Map.of());
  static final WebhookSettings SETTINGS =
      new WebhookSettings(
          true,
          List.of(Duration.ofSeconds(5), Duration.ofMinutes(30)),
          Duration.ofDays(3),
          Duration.ofSeconds(10),
          8,
          Duration.ofDays(30),
          Duration.ofDays(1),
          3,
          null);

  final Transactions transactions;
  final EndpointStore endpointStore;
  final DeliveryStore deliveryStore;
  final Endpoints endpoints;
  final DeliveryWork work;
  final DeliveryPurge purge;
  private final Outbox outbox;
  private final EndpointHttp http = new EndpointHttp(NetworkRules.ANY, SETTINGS.callTimeout());

  Deliverer(TestDatabase database, Clock clock) {
    this(database, clock, SecretBox.at(Home.at(Path.of("target", "test-homes", "webhooks")), null));
  }

  /// @param box with the server's own key
  Deliverer(TestDatabase database, Clock clock, SecretBox box) {
    transactions = database.transactions();
    endpointStore = new EndpointStore(database.jdbc());
    deliveryStore = new DeliveryStore(database.jdbc());
    UuidV7 ids = new UuidV7(clock);
    endpoints =
        new Endpoints(
            endpointStore,
            deliveryStore,
            box,
            NetworkRules.ANY,
            SETTINGS,
            AuditFixture.log(database, clock),
            ids,
            clock);
    work =
        new DeliveryWork(
            endpointStore,
            deliveryStore,
            endpoints,
            box,
            http,
            new RetrySchedule(SETTINGS.retries(), SETTINGS.giveUpAfter()),
            SETTINGS,
            transactions,
            JsonMapper.shared(),
            ids,
            clock);
    purge =
        new DeliveryPurge(new DeliveryPurgeStore(database.jdbc()), transactions, SETTINGS, clock);
    outbox = OutboxFixture.outbox(database, clock);
  }

  WebhookEndpoint endpoint(Receiver receiver, String... events) {
    return transactions.write(
        () ->
            endpoints.create(
                MAIN, INTEGRATOR, new WebhookEndpointRequest(receiver.url(), List.of(events))));
  }

  /// Commits an event about `subject`.
  void tell(String type, String subject) {
    transactions.run(() -> publish(type, subject));
  }

  void publish(String type, String subject) {
    outbox.publish(MAIN.id(), type, subject, Map.of("id", subject, "amount", 1250));
  }

  String rotate(WebhookEndpoint endpoint) {
    return String.valueOf(
        transactions.write(() -> endpoints.rotateSecret(MAIN, INTEGRATOR, endpoint.id())).secret());
  }

  static EndpointKey key(WebhookEndpoint endpoint) {
    return new EndpointKey(MAIN.id(), endpoint.id());
  }

  /// Sends what is due, one after another, until nothing is.
  void drain(WebhookEndpoint endpoint) {
    Optional<DeliveryWork.Claimed> claimed = work.claim(key(endpoint), 4);
    while (claimed.isPresent()) {
      for (Due due : claimed.get().due()) {
        work.deliver(claimed.get().endpoint(), due);
      }
      claimed = work.claim(key(endpoint), 4);
    }
  }

  @Override
  public void close() {
    try {
      http.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
