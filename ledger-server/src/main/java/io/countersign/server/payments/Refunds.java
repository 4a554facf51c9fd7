package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.UuidV7;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.model.payments.Refund;
import io.countersign.model.payments.RefundRequest;
import io.countersign.model.payments.RefundState;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.journal.Gate;
import io.countersign.server.sagas.Sagas;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// Gives money back to cards, never more than was charged.
@Component
class Refunds {

  private static final int REASON_LONGEST = 500;

  private final RefundStore store;
  private final RefundBook refunds;
  private final PaymentBook payments;
  private final AnswersLater answers;
  private final Gate gate;
  private final Sagas sagas;
  private final UuidV7 ids;

  Refunds(
      RefundStore store,
      RefundBook refunds,
      PaymentBook payments,
      AnswersLater answers,
      Gate gate,
      Sagas sagas,
      UuidV7 ids) {
    this.store = store;
    this.refunds = refunds;
    this.payments = payments;
    this.answers = answers;
    this.gate = gate;
    this.sagas = sagas;
    this.ids = ids;
  }

  Refund get(int ledger, RefundId id) {
    return PaymentViews.refund(refunds.get(ledger, id));
  }

  ResponseEntity<byte[]> request(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      PaymentId payment,
      RefundRequest body) {
    new FieldChecks().text("reason", body.reason(), REASON_LONGEST).orThrow();
    return answers.execute(
        request,
        gate.entering(),
        () -> create(ledger.id(), caller, payment, body),
        refund -> drive(ledger.id(), new RefundId(refund)),
        refund -> answer(ledger.id(), new RefundId(refund)));
  }

  private void drive(int ledger, RefundId id) {
    RefundRow refund = refunds.get(ledger, id);
    if (!refund.ifCharged()) {
      sagas.run(ledger, refund.saga());
    }
  }

  private Answer answer(int ledger, RefundId id) {
    RefundRow refund = refunds.get(ledger, id);
    Refund view = PaymentViews.refund(refund);
    return refund.state().isFinal() ? Answer.created(view) : Answer.accepted(view);
  }

  private UUID create(int ledger, Caller caller, PaymentId id, RefundRequest body) {
    PaymentRow payment = payments.lock(ledger, id);
    boolean wish = isWish(payment, Boolean.TRUE.equals(body.ifCharged()));
    Money amount = amount(ledger, payment, body.amount());
    RefundRow refund =
        new RefundRow(
            new RefundId(ids.next()),
            id,
            amount,
            body.reason(),
            wish,
            caller.name(),
            sagas.newId(),
            null,
            payments.now(),
            RefundState.SUBMITTED,
            null,
            null,
            null,
            null,
            0,
            1);
    store.insert(ledger, refund, payments.now());
    payments.change(
        ledger,
        payment,
        wish ? "refund_wished" : "refund_asked",
        Change.nothing(),
        caller.name(),
        refund.id() + " of " + amount + ": " + body.reason());
    sagas.start(
        ledger,
        refund.saga(),
        wish ? RefundSaga.KIND_IF_CHARGED : RefundSaga.KIND,
        new Relation("refund", refund.id().toString()),
        Sagas.GRACE);
    return refund.id().uuid();
  }

  private static boolean isWish(PaymentRow payment, boolean ifCharged) {
    if (payment.state().isCharged()) {
      return false;
    }
    if (payment.state().isFinal()) {
      throw Problems.wrongState(
              payment.state().wire(), "Payment " + payment.id() + " never succeeded.")
          .asException();
    }
    if (!ifCharged) {
      throw Problem.of(
              "payment-unconfirmed",
              422,
              "It is not known yet whether the card was charged. Send \"ifCharged\": true to refund"
                  + " it once the charge proves real.")
          .with("state", payment.state().wire())
          .asException();
    }
    return true;
  }

  /// The payment's row is locked, so of several refunds at once each sees those before it.
  private Money amount(
      int ledger, PaymentRow payment, @org.jspecify.annotations.Nullable Money asked) {
    long taken =
        store.ofPayments(ledger, List.of(payment.id())).stream()
            .filter(RefundRow::counts)
            .mapToLong(refund -> refund.amount().minorUnits())
            .sum();
    Money left = new Money(payment.amount().minorUnits() - taken, payment.amount().currency());
    Money amount = asked == null ? left : asked;
    if (asked != null && !asked.isPositive()) {
      throw Problems.invalidMoney("An amount must be more than zero.").asException();
    }
    if (!amount.currency().equals(left.currency())) {
      throw Problem.of("currency-mismatch", 422, "The payment is in " + left.currency() + ".")
          .asException();
    }
    if (amount.minorUnits() > left.minorUnits() || !left.isPositive()) {
      throw Problem.of(
              "refund-exceeds-payment",
              422,
              "Of " + payment.amount() + ", " + left + " may still be refunded.")
          .with("refundable", left)
          .asException();
    }
    return amount;
  }
}
