package io.countersign.server.outbox.delivery;

import io.countersign.server.database.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Forgets deliveries and events in the background, in bites small enough to disturb nobody.
/// Several servers may do so at once.
@Component
class DeliveryPurge {

  private static final int BITE = 500;

  private final OneAtATime purging = new OneAtATime("Forgetting old deliveries");
  private final DeliveryPurgeStore store;
  private final Transactions transactions;
  private final Duration keep;
  private final Clock clock;

  DeliveryPurge(
      DeliveryPurgeStore store, Transactions transactions, WebhookSettings settings, Clock clock) {
    this.store = store;
    this.transactions = transactions;
    this.keep = settings.keep();
    this.clock = clock;
  }

  /// Deliveries first: an event stays as long as one of it does.
  @Scheduled(fixedRateString = "${countersign.webhooks.purge-every:PT1M}")
  void purge() {
    purging.run(this::purgeAll);
  }

  private void purgeAll() {
    Instant before = clock.instant().minus(keep);
    for (EndpointKey endpoint : store.endpoints()) {
      whole(() -> store.deliveries(endpoint, before, BITE));
      transactions.run(() -> store.deletedEndpoint(endpoint));
    }
    for (int ledger : store.ledgersWithEvents()) {
      whole(() -> store.events(ledger, before, BITE));
    }
  }

  private void whole(IntSupplier bite) {
    int gone;
    do {
      gone = transactions.write(bite::getAsInt);
    } while (gone == BITE);
  }
}
