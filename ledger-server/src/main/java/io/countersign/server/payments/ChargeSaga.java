package io.countersign.server.payments;

import static io.countersign.server.sagas.SagaDefinition.undoneOutside;

import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.PaymentState;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.database.Transactions;
import io.countersign.server.payments.provider.ChargeOrder;
import io.countersign.server.payments.provider.Circuits;
import io.countersign.server.payments.provider.ProviderGateway;
import io.countersign.server.payments.provider.ProviderGateways;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.payments.provider.RefundOrder;
import io.countersign.server.sagas.LocalWork;
import io.countersign.server.sagas.SagaDefinition;
import io.countersign.server.sagas.SagaRun;
import io.countersign.server.sagas.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What carries a charge: asked at the provider, posted in the commit that learns of it, told.
///
/// While the provider is silent the first step waits, and every further attempt at it is a check.
@Component
class ChargeSaga {

  static final String KIND = "charge";
  static final String CHARGE = "charge";

  private final PaymentBook book;
  private final Charges charges;
  private final ProviderGateways gateways;
  private final Circuits circuits;
  private final ProviderEvents events;
  private final UnderWay underWay;
  private final Ledgers ledgers;
  private final Transactions transactions;

  ChargeSaga(
      PaymentBook book,
      Charges charges,
      ProviderGateways gateways,
      Circuits circuits,
      ProviderEvents events,
      UnderWay underWay,
      Ledgers ledgers,
      Transactions transactions) {
    this.book = book;
    this.charges = charges;
    this.gateways = gateways;
    this.circuits = circuits;
    this.events = events;
    this.underWay = underWay;
    this.ledgers = ledgers;
    this.transactions = transactions;
  }

  SagaDefinition definition() {
    return SagaDefinition.of(KIND)
        .outside(CHARGE, this::charge, undoneOutside(this::giveBack))
        .local("post", run -> charges.post(run.ledger(), payment(run)))
        .local("notify", run -> charges.tell(run.ledger(), payment(run)))
        .build();
  }

  private LocalWork charge(SagaRun run) {
    PaymentRow payment = book.get(run.ledger(), payment(run));
    if (payment.state() == PaymentState.CREATED) {
      String provider = payment.terms().provider();
      if (!circuits.allows(provider)) {
        Instant next = circuits.nextTrialAt(provider);
        return ending -> new StepOutcome.Waits(next, "the provider's circuit is open");
      }
      payment = submit(run.ledger(), payment.id());
    }
    PaymentRow submitted = payment;
    ProviderReply reply = ask(run.ledger(), submitted);
    return ending -> charges.learn(run.ledger(), submitted.id(), reply, "system");
  }

  private ProviderReply ask(int ledger, PaymentRow payment) {
    Optional<ProviderReply> parked =
        events.parked(ledger, payment.terms().provider(), payment.key(), payment.amount());
    if (parked.isPresent()) {
      return parked.get();
    }
    ProviderGateway gateway = gateway(payment);
    if (payment.state() == PaymentState.SUBMITTED && maySend(ledger, payment, gateway)) {
      return circuits.sent(gateway.name(), gateway.charge(order(ledger, payment)));
    }
    return check(payment, gateway);
  }

  /// Sends what waited for its provider; the commit comes before the call, as for any other.
  private PaymentRow submit(int ledger, PaymentId id) {
    return transactions.write(
        () -> {
          PaymentRow now = book.lock(ledger, id);
          return now.state() == PaymentState.CREATED
              ? charges.submitted(ledger, now, book.now())
              : now;
        });
  }

  /// The request that made the payment sends its charge. Whoever else finds it submitted, as after
  /// a crash, sends it once more under its key, while the provider remembers the key.
  private boolean maySend(int ledger, PaymentRow payment, ProviderGateway gateway) {
    if (underWay.isHere(payment.id().uuid())) {
      return true;
    }
    Duration age = Duration.between(payment.terms().createdAt(), book.now());
    if (age.compareTo(gateway.keyLifetime()) >= 0) {
      return false;
    }
    return transactions.write(
        () -> {
          PaymentRow now = book.lock(ledger, payment.id());
          if (now.state() != PaymentState.SUBMITTED) {
            return false;
          }
          book.change(
              ledger,
              now,
              "sent_again",
              Change.nothing().sent(now.status().sends() + 1, book.now()),
              "system",
              "there is no record of an answer");
          return true;
        });
  }

  private ProviderReply check(PaymentRow payment, ProviderGateway gateway) {
    ProviderReply reply = gateway.lookUpCharge(payment.key(), payment.amount());
    boolean authoritative =
        reply instanceof ProviderReply.NotFound && isVisibleBy(payment, gateway, book.now());
    // Cancelled first, so that a send that is still under way cannot charge after we said declined.
    return authoritative ? gateway.cancelCharge(payment.key(), payment.amount()) : reply;
  }

  private static boolean isVisibleBy(PaymentRow payment, ProviderGateway gateway, Instant now) {
    Instant sentAt = payment.status().sentAt();
    Instant since = sentAt == null ? payment.terms().createdAt() : sentAt;
    return Duration.between(since, now).compareTo(gateway.visibilityDelay()) >= 0;
  }

  /// Refunds the card of a charge that the books refused. Sent again under its own key until it is
  /// answered: giving the money back twice under one key is giving it back once.
  private LocalWork giveBack(SagaRun run) {
    int ledger = run.ledger();
    PaymentRow payment = book.get(ledger, payment(run));
    ProviderGateway gateway = gateway(payment);
    ProviderKey key = ProviderKey.ofReversal(payment.id());
    ProviderReply reply =
        run.attempts() == 0
            ? gateway.refund(reversal(ledger, payment, key))
            : gateway.lookUpRefund(key, payment.amount());
    if (reply instanceof ProviderReply.NotFound && isWithinLifetime(payment, gateway)) {
      reply = gateway.refund(reversal(ledger, payment, key));
    }
    ProviderReply last = reply;
    return ending ->
        switch (last) {
          case ProviderReply.Refunded _ -> charges.reversed(ledger, payment.id(), "system");
          case ProviderReply.Declined declined ->
              charges.reversalDeclined(ledger, payment.id(), declined.code());
          case ProviderReply.NoAnswer none ->
              charges.reversalUnknown(ledger, payment.id(), none.why());
          case ProviderReply.NotFound _ ->
              charges.reversalUnknown(ledger, payment.id(), "no such refund so far");
          case ProviderReply.Charged _, ProviderReply.Cancelled _ ->
              throw new IllegalStateException("a refund was answered with " + last);
        };
  }

  private boolean isWithinLifetime(PaymentRow payment, ProviderGateway gateway) {
    Instant chargedAt = payment.status().chargedAt();
    return chargedAt != null
        && Duration.between(chargedAt, book.now()).compareTo(gateway.keyLifetime()) < 0;
  }

  private RefundOrder reversal(int ledger, PaymentRow payment, ProviderKey key) {
    return new RefundOrder(
        ledgers.byId(ledger).code(), key, payment.key(), payment.amount(), "not accepted");
  }

  private ChargeOrder order(int ledger, PaymentRow payment) {
    PaymentTerms terms = payment.terms();
    return new ChargeOrder(
        ledgers.byId(ledger).code(),
        payment.key(),
        terms.amount(),
        terms.paymentMethod(),
        terms.reference(),
        terms.description());
  }

  private ProviderGateway gateway(PaymentRow payment) {
    String name = payment.terms().provider();
    return gateways
        .named(name)
        .orElseThrow(() -> new IllegalStateException("provider '" + name + "' is not configured"));
  }

  private static PaymentId payment(SagaRun run) {
    return PaymentId.parse(run.subject().id());
  }
}
