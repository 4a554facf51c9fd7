package io.countersign.server.payments;

import static io.countersign.server.sagas.SagaDefinition.undoneOutside;

import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.PaymentState;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.database.Transactions;
import io.countersign.server.payments.provider.ChargeOrder;
import io.countersign.server.payments.provider.ProviderGateway;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.payments.provider.ProviderReference;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.payments.provider.RefundOrder;
import io.countersign.server.sagas.LocalWork;
import io.countersign.server.sagas.SagaDefinition;
import io.countersign.server.sagas.SagaRun;
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
  private final ProviderCalls calls;
  private final ProviderEvents events;
  private final UnderWay underWay;
  private final Ledgers ledgers;
  private final Transactions transactions;

  ChargeSaga(
      PaymentBook book,
      Charges charges,
      ProviderCalls calls,
      ProviderEvents events,
      UnderWay underWay,
      Ledgers ledgers,
      Transactions transactions) {
    this.book = book;
    this.charges = charges;
    this.calls = calls;
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
    return calls.within(payment, payment.id().uuid(), () -> charge(run.ledger(), payment));
  }

  private LocalWork charge(int ledger, PaymentRow seen) {
    PaymentRow payment = seen;
    if (payment.state() == PaymentState.CREATED) {
      if (!calls.maySend(payment)) {
        return calls.notNow(payment);
      }
      payment = submit(ledger, payment.id());
    }
    PaymentId id = payment.id();
    ProviderReply reply = ask(ledger, payment);
    return ending -> charges.learn(ledger, id, reply, "system");
  }

  private ProviderReply ask(int ledger, PaymentRow payment) {
    Optional<ProviderReply> parked =
        events.parked(ledger, payment.terms().provider(), payment.key(), payment.amount());
    if (parked.isPresent()) {
      return parked.get();
    }
    ProviderGateway gateway = calls.gateway(payment);
    return payment.state() == PaymentState.SUBMITTED && maySend(ledger, payment, gateway)
        ? calls.sent(payment, send(ledger, payment, gateway))
        : check(ledger, payment, gateway);
  }

  private ProviderReply send(int ledger, PaymentRow payment, ProviderGateway gateway) {
    ChargeOrder order = order(ledger, payment);
    Optional<ProviderReply.ToPreparation> preparation =
        order.prepared() == null ? gateway.prepare(order) : Optional.empty();
    return switch (preparation.orElse(null)) {
      case null -> gateway.charge(order);
      case ProviderReply.Prepared prepared -> {
        PaymentRow now = record(ledger, payment.id(), prepared.reference());
        yield now.state() == PaymentState.SUBMITTED
            ? gateway.charge(order(ledger, now))
            : check(ledger, now, gateway);
      }
      case ProviderReply.Declined declined -> declined;
      case ProviderReply.NoAnswer none -> none;
    };
  }

  /// Stores what the provider calls the charge before anything under that name can move money: a
  /// crash from here on finds the charge by it.
  private PaymentRow record(int ledger, PaymentId id, ProviderReference prepared) {
    return transactions.write(
        () -> {
          PaymentRow now = book.lock(ledger, id);
          return now.state() == PaymentState.SUBMITTED && now.status().providerReference() == null
              ? book.change(
                  ledger,
                  now,
                  "prepared",
                  Change.nothing().providerReference(prepared.value()),
                  now.terms().provider(),
                  "provider reference " + prepared)
              : now;
        });
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

  private ProviderReply check(int ledger, PaymentRow payment, ProviderGateway gateway) {
    ChargeOrder order = order(ledger, payment);
    ProviderReply reply = gateway.lookUpCharge(order);
    boolean authoritative =
        reply instanceof ProviderReply.NotFound && isVisibleBy(payment, gateway, book.now());
    // Cancelled first, so that a send that is still under way cannot charge after we said declined.
    return authoritative ? gateway.cancelCharge(order) : reply;
  }

  private static boolean isVisibleBy(PaymentRow payment, ProviderGateway gateway, Instant now) {
    Instant sentAt = payment.status().sentAt();
    Instant since = sentAt == null ? payment.terms().createdAt() : sentAt;
    return Duration.between(since, now).compareTo(gateway.visibilityDelay()) >= 0;
  }

  /// Refunds the card of a charge that the books refused. Sent again under its own key until it is
  /// answered: giving the money back twice under one key is giving it back once.
  private LocalWork giveBack(SagaRun run) {
    PaymentRow payment = book.get(run.ledger(), payment(run));
    return calls.within(payment, payment.id().uuid(), () -> giveBack(run, payment));
  }

  private LocalWork giveBack(SagaRun run, PaymentRow payment) {
    int ledger = run.ledger();
    ProviderGateway gateway = calls.gateway(payment);
    RefundOrder order = reversal(ledger, payment);
    ProviderReply reply =
        run.attempts() == 0 ? new ProviderReply.NotFound() : gateway.lookUpRefund(order);
    if (reply instanceof ProviderReply.NotFound && isWithinLifetime(payment, gateway)) {
      if (!calls.maySend(payment)) {
        return calls.notNow(payment);
      }
      reply = calls.sent(payment, gateway.refund(order));
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

  private RefundOrder reversal(int ledger, PaymentRow payment) {
    return new RefundOrder(
        ledgers.byId(ledger).code(),
        ProviderKey.ofReversal(payment.id()),
        payment.key(),
        payment.providerReference(),
        payment.amount(),
        "not accepted");
  }

  private ChargeOrder order(int ledger, PaymentRow payment) {
    PaymentTerms terms = payment.terms();
    return new ChargeOrder(
        ledgers.byId(ledger).code(),
        payment.key(),
        terms.amount(),
        terms.paymentMethod(),
        terms.reference(),
        terms.description(),
        payment.providerReference());
  }

  private static PaymentId payment(SagaRun run) {
    return PaymentId.parse(run.subject().id());
  }
}
