package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.UuidV7;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.id.ApprovalId;
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
import io.countersign.server.api.Role;
import io.countersign.server.approvals.Approvals;
import io.countersign.server.approvals.Proposal;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.journal.Gate;
import io.countersign.server.sagas.Sagas;
import io.countersign.server.security.Limits;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// Gives money back to cards, never more than was charged.
@Component
class Refunds {

  private static final int REASON_LONGEST = 500;

  private final RefundStore store;
  private final RefundBook refunds;
  private final PaymentBook payments;
  private final LateCharges lateCharges;
  private final AnswersLater answers;
  private final Gate gate;
  private final Sagas sagas;
  private final Approvals approvals;
  private final Limits limits;
  private final AuditLog audit;
  private final UuidV7 ids;

  Refunds(
      RefundStore store,
      RefundBook refunds,
      PaymentBook payments,
      LateCharges lateCharges,
      AnswersLater answers,
      Gate gate,
      Sagas sagas,
      Approvals approvals,
      Limits limits,
      AuditLog audit,
      UuidV7 ids) {
    this.store = store;
    this.refunds = refunds;
    this.payments = payments;
    this.lateCharges = lateCharges;
    this.answers = answers;
    this.gate = gate;
    this.sagas = sagas;
    this.approvals = approvals;
    this.limits = limits;
    this.audit = audit;
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
        () -> create(ledger, caller, payment, body),
        refund -> drive(ledger.id(), new RefundId(refund)),
        refund -> answer(ledger.id(), new RefundId(refund)));
  }

  private void drive(int ledger, RefundId id) {
    RefundRow refund = refunds.get(ledger, id);
    if (!refund.ifCharged() && !refund.awaitsApproval()) {
      sagas.run(ledger, refund.saga());
    }
  }

  private Answer answer(int ledger, RefundId id) {
    RefundRow refund = refunds.get(ledger, id);
    Refund view = PaymentViews.refund(refund);
    return refund.state().isFinal() ? Answer.created(view) : Answer.accepted(view);
  }

  private UUID create(LedgerScope ledger, Caller caller, PaymentId id, RefundRequest body) {
    PaymentRow payment = payments.lock(ledger.id(), id);
    if (lateCharges.came(ledger.id(), payment)) {
      return proposeOfLateCharge(ledger, caller, payment, body);
    }
    boolean wish = isWish(payment, Boolean.TRUE.equals(body.ifCharged()));
    Money amount = amount(ledger.id(), payment, body.amount());
    RefundId refund = new RefundId(ids.next());
    return mayAlone(ledger, caller, amount)
        ? make(ledger, caller, payment, refund, amount, body.reason(), wish, null)
        : propose(ledger, caller, payment, refund, amount, body.reason(), wish);
  }

  /// Of a charge that came after its payment was declined. The books have none of it, so nobody
  /// refunds it alone, whatever their limit; it goes back whole, since nothing keeps what is left.
  private UUID proposeOfLateCharge(
      LedgerScope ledger, Caller caller, PaymentRow payment, RefundRequest body) {
    Money amount = amount(ledger.id(), payment, body.amount());
    if (!amount.equals(payment.amount())) {
      throw Problems.invalidMoney("A charge that came too late is refunded whole.").asException();
    }
    RefundId refund = new RefundId(ids.next());
    return propose(ledger, caller, payment, refund, amount, body.reason(), false);
  }

  /// Operators refund up to their limit; API clients and those with their role without one.
  private boolean mayAlone(LedgerScope ledger, Caller caller, Money amount) {
    return caller.has(ledger.id(), Role.INTEGRATOR)
        || amount.minorUnits() <= limits.refundMinorUnits(caller.id(), amount.currency());
  }

  private UUID propose(
      LedgerScope ledger,
      Caller caller,
      PaymentRow payment,
      RefundId id,
      Money amount,
      String reason,
      boolean wish) {
    PaymentTerms terms = payment.terms();
    ApprovalId approval =
        approvals.propose(
            ledger,
            caller,
            new Proposal(
                ApprovalKind.REFUND,
                new RefundContent(
                    id,
                    payment.id(),
                    amount,
                    terms.merchantAccount(),
                    terms.providerAccount(),
                    wish),
                reason,
                new Relation("payment", payment.id().toString()),
                id.toString()));
    return make(ledger, caller, payment, id, amount, reason, wish, approval.uuid());
  }

  private UUID make(
      LedgerScope ledger,
      Caller caller,
      PaymentRow payment,
      RefundId id,
      Money amount,
      String reason,
      boolean wish,
      @Nullable UUID approval) {
    RefundRow refund =
        new RefundRow(
            id,
            payment.id(),
            amount,
            reason,
            wish,
            caller.name(),
            sagas.newId(),
            approval,
            payments.now(),
            approval == null ? RefundState.SUBMITTED : RefundState.PENDING_APPROVAL,
            null,
            null,
            null,
            null,
            0,
            1);
    store.insert(ledger.id(), refund, payments.now());
    payments.change(
        ledger.id(),
        payment,
        refund.awaitsApproval() ? "refund_proposed" : wish ? "refund_wished" : "refund_asked",
        Change.nothing(),
        caller.name(),
        id + " of " + amount + ": " + reason);
    audit.write(
        ledger.id(),
        caller,
        AuditChange.made(
            refund.awaitsApproval() ? "refund.propose" : "refund.request",
            "refund",
            id.toString(),
            PaymentViews.refund(refund)));
    refunds.publish(ledger.id(), refund);
    if (!refund.awaitsApproval()) {
      refunds.start(ledger.id(), refund, wish, Sagas.GRACE);
    }
    return id.uuid();
  }

  /// Whether the charge is still unknown, so that a refund waits for it.
  ///
  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state` of a charge that was
  ///   none, 422 `payment-unconfirmed` when it is unknown and the refund does not wait
  static boolean isWish(PaymentRow payment, boolean ifCharged) {
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
  private Money amount(int ledger, PaymentRow payment, @Nullable Money asked) {
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
