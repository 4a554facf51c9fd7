package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.payments.provider.ProviderEvent;
import io.countersign.server.payments.provider.ProviderGateways;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.payments.provider.WebhookDelivery;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What providers say by themselves, late, twice and in any order. Each event is kept once; one
/// about something unknown is parked, and taken for an answer when that appears and is asked about.
@Component
class ProviderEvents {

  private final ProviderEventStore store;
  private final ProviderGateways gateways;
  private final PaymentBook book;

  ProviderEvents(ProviderEventStore store, ProviderGateways gateways, PaymentBook book) {
    this.store = store;
    this.gateways = gateways;
    this.book = book;
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found` for a provider that is not
  ///   configured, 401 `bad-signature`
  ProviderEvent verified(LedgerScope ledger, String provider, WebhookDelivery delivery) {
    return gateways
        .named(provider)
        .orElseThrow(() -> Problems.notFound("provider '" + provider + "'").asException())
        .read(delivery)
        .orElseThrow(
            () ->
                Problem.of(
                        "bad-signature",
                        401,
                        "The signature is not ours over this body, or its time is more than five"
                            + " minutes from now in ledger '"
                            + ledger.code()
                            + "'.")
                    .asException());
  }

  /// What was said about a key before there was anything under it.
  Optional<ProviderReply> parked(int ledger, String provider, ProviderKey key, Money amount) {
    return store.parked(ledger, provider, key, amount);
  }

  /// Keeps an event inside the caller's transaction.
  ///
  /// @return whether this is the first time
  boolean keep(
      int ledger,
      String provider,
      String event,
      ProviderKey key,
      Money amount,
      ProviderReply outcome,
      boolean parked) {
    return store.insert(ledger, provider, event, key, amount, outcome, book.now(), parked);
  }
}
