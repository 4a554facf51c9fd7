package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.database.Transactions;
import io.countersign.server.journal.Gate;
import io.countersign.server.payments.provider.ProviderEvent;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.payments.provider.WebhookDelivery;
import io.countersign.server.sagas.Sagas;
import io.countersign.server.sagas.StepOutcome;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Applies what providers call back with. An event, what it changes and what follows are one
/// commit.
@Component
class InboundWebhooks {

  private final ProviderEvents events;
  private final PaymentStore payments;
  private final RefundStore refunds;
  private final PaymentBook book;
  private final Charges charges;
  private final RefundBook refundBook;
  private final Sagas sagas;
  private final Gate gate;
  private final Transactions transactions;

  InboundWebhooks(
      ProviderEvents events,
      PaymentStore payments,
      RefundStore refunds,
      PaymentBook book,
      Charges charges,
      RefundBook refundBook,
      Sagas sagas,
      Gate gate,
      Transactions transactions) {
    this.events = events;
    this.payments = payments;
    this.refunds = refunds;
    this.book = book;
    this.charges = charges;
    this.refundBook = refundBook;
    this.sagas = sagas;
    this.gate = gate;
    this.transactions = transactions;
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found`, 401 `bad-signature`
  void receive(LedgerScope ledger, String provider, WebhookDelivery delivery) {
    switch (events.verified(ledger, provider, delivery)) {
      case ProviderEvent.AboutCharge charge ->
          transactions.run(() -> aboutCharge(ledger.id(), provider, charge));
      case ProviderEvent.AboutRefund refund ->
          transactions.run(() -> aboutRefund(ledger.id(), provider, refund));
      case ProviderEvent.OfNoConsequence _ -> {}
    }
  }

  private void aboutCharge(int ledger, String provider, ProviderEvent.AboutCharge event) {
    gate.enter();
    ProviderKey key = event.key();
    Optional<PaymentRow> found = payments.byProviderKey(ledger, provider, key.value());
    if (!events.keep(
        ledger, provider, event.id(), key, event.amount(), event.outcome(), found.isEmpty())) {
      return;
    }
    found
        .filter(
            payment -> isBelievable(ledger, payment, payment.amount(), event.amount(), provider))
        .ifPresent(
            payment -> {
              StepOutcome outcome = charges.learn(ledger, payment.id(), event.outcome(), provider);
              sagas.tell(ledger, payment.terms().saga(), ChargeSaga.CHARGE, outcome);
            });
  }

  private void aboutRefund(int ledger, String provider, ProviderEvent.AboutRefund event) {
    gate.enter();
    ProviderKey key = event.key();
    Optional<RefundRow> refund = refunds.byProviderKey(ledger, provider, key.value());
    Optional<PaymentRow> reversed =
        refund.isPresent() ? Optional.empty() : reversal(ledger, provider, key);
    boolean unknown = refund.isEmpty() && reversed.isEmpty();
    if (!events.keep(ledger, provider, event.id(), key, event.amount(), event.outcome(), unknown)) {
      return;
    }
    refund.ifPresent(
        row -> {
          PaymentRow payment = book.get(ledger, row.payment());
          if (isBelievable(ledger, payment, row.amount(), event.amount(), provider)) {
            StepOutcome outcome = refundBook.learn(ledger, row.id(), event.outcome(), provider);
            sagas.tell(ledger, row.saga(), RefundSaga.REFUND, outcome);
          }
        });
    reversed
        .filter(payment -> event.outcome() instanceof ProviderReply.Refunded)
        .filter(
            payment -> isBelievable(ledger, payment, payment.amount(), event.amount(), provider))
        .ifPresent(
            payment -> {
              StepOutcome outcome = charges.reversed(ledger, payment.id(), provider);
              sagas.tellUndo(ledger, payment.terms().saga(), ChargeSaga.CHARGE, outcome);
            });
  }

  /// The payment whose charge is given back under this key because the books refused it.
  private Optional<PaymentRow> reversal(int ledger, String provider, ProviderKey key) {
    int end = key.value().lastIndexOf('-');
    if (end < 0) {
      return Optional.empty();
    }
    try {
      PaymentId id = PaymentId.parse(key.value().substring(0, end));
      return payments
          .find(ledger, id)
          .filter(payment -> payment.terms().provider().equals(provider))
          .filter(payment -> ProviderKey.ofReversal(id).equals(key) && payment.isBeingReversed());
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /// A genuine event of another amount is somebody's mistake: it is noted and changes nothing.
  private boolean isBelievable(
      int ledger, PaymentRow payment, Money asked, Money said, String provider) {
    if (asked.equals(said)) {
      return true;
    }
    book.change(
        ledger,
        charges.lock(ledger, payment.id()),
        "amount_differs",
        Change.nothing(),
        provider,
        "The provider speaks of " + said + ", asked for was " + asked);
    return false;
  }
}
