package io.countersign.server.payments;

import io.countersign.model.Relation;
import io.countersign.model.id.HoldId;
import io.countersign.model.id.RefundId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.RefundState;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problems;
import io.countersign.server.journal.Gate;
import io.countersign.server.journal.Holds;
import io.countersign.server.outbox.Outbox;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.sagas.Sagas;
import io.countersign.server.sagas.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Applies what happens to a refund, inside the caller's transaction: to the refund, to what is
/// held for it, and to its payment. Locks are taken in the one order: gate, keys, payment, refund,
/// floors.
@Component
class RefundBook {

  private final RefundStore store;
  private final PaymentBook payments;
  private final PaymentViews views;
  private final AnswersLater answers;
  private final Holds holds;
  private final Sagas sagas;
  private final Gate gate;
  private final Ledgers ledgers;
  private final Outbox outbox;
  private final CheckSchedule schedule;
  private final ObjectProvider<PaymentCases> cases;

  RefundBook(
      RefundStore store,
      PaymentBook payments,
      PaymentViews views,
      AnswersLater answers,
      Holds holds,
      Sagas sagas,
      Gate gate,
      Ledgers ledgers,
      Outbox outbox,
      CheckSchedule schedule,
      ObjectProvider<PaymentCases> cases) {
    this.store = store;
    this.payments = payments;
    this.views = views;
    this.answers = answers;
    this.holds = holds;
    this.sagas = sagas;
    this.gate = gate;
    this.ledgers = ledgers;
    this.outbox = outbox;
    this.schedule = schedule;
    this.cases = cases;
  }

  private record Locked(PaymentRow payment, RefundRow refund) {}

  /// @throws io.countersign.server.api.ProblemException 404 `not-found`
  RefundRow get(int ledger, RefundId id) {
    return store.find(ledger, id).orElseThrow(() -> notFound(id));
  }

  /// Starts what carries a refund, inside the commit that makes or approves it. Where the charge is
  /// known, that holds the merchant's funds, or is refused as the books refuse it.
  void start(int ledger, RefundRow refund, boolean isWish, Duration wakeUpAfter) {
    sagas.start(
        ledger,
        refund.saga(),
        isWish ? RefundSaga.KIND_IF_CHARGED : RefundSaga.KIND,
        relation(refund),
        wakeUpAfter);
  }

  /// Somebody else agreed to it. Refused as a new one would be, so that the proposal stays pending.
  ///
  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state`, 422
  ///   `payment-unconfirmed`, or what the books refuse
  void approved(int ledger, RefundId id, String decider) {
    Locked locked = lock(ledger, id);
    RefundRow refund = locked.refund();
    boolean isLate = locked.payment().isLateCharge();
    boolean isWish = !isLate && Refunds.isWish(locked.payment(), refund.ifCharged());
    if (!refund.awaitsApproval()) {
      throw Problems.wrongState(refund.state().wire(), "Refund " + id + " awaits no approval.")
          .asException();
    }
    RefundRow agreed = refund.in(RefundState.SUBMITTED);
    RefundRow submitted = save(ledger, isLate ? agreed.sent(payments.now()) : agreed);
    publish(ledger, submitted);
    note(ledger, locked.payment(), "refund_approved", refund, decider, "of " + refund.amount());
    String kind =
        isLate
            ? RefundSaga.KIND_LATE_CHARGE
            : isWish ? RefundSaga.KIND_IF_CHARGED : RefundSaga.KIND;
    sagas.start(ledger, submitted.saga(), kind, relation(submitted), Duration.ZERO);
  }

  /// Nobody agreed to it.
  ///
  /// @param why how its proposal ended
  void notApproved(int ledger, RefundId id, String why) {
    Locked locked = lock(ledger, id);
    if (locked.refund().awaitsApproval()) {
      declined(ledger, locked, why, "system");
    }
  }

  /// Takes the merchant's funds, unless another server has.
  ///
  /// @throws io.countersign.server.api.ProblemException what the books refuse, such as 422
  ///   `insufficient-funds`
  void hold(int ledger, RefundId id) {
    Locked locked = lock(ledger, id);
    PaymentTerms terms = locked.payment().terms();
    RefundRow refund = locked.refund();
    if (refund.hold() != null) {
      return;
    }
    HoldId funds =
        holds.open(
            scope(ledger),
            terms.merchantAccount(),
            terms.providerAccount(),
            refund.amount(),
            "Refund of " + terms.id(),
            refund.requestedBy(),
            relation(refund));
    save(ledger, refund.held(funds).sent(payments.now()));
  }

  /// Lets the merchant's funds go.
  void release(int ledger, RefundId id) {
    RefundRow refund = lock(ledger, id).refund();
    holds.release(scope(ledger), held(refund), refund.requestedBy(), relation(refund));
  }

  /// @return what the reply means for the step "refund"
  StepOutcome learn(int ledger, RefundId id, ProviderReply reply, String by) {
    Locked locked = lock(ledger, id);
    RefundRow refund = locked.refund();
    if (refund.state().isFinal()) {
      noteContradiction(ledger, locked, reply, by);
      return refund.state() == RefundState.DECLINED
          ? new StepOutcome.Refused("declined")
          : new StepOutcome.Done();
    }
    return switch (reply) {
      case ProviderReply.Refunded refunded -> {
        save(ledger, refund.referredToAs(refunded.reference().value()));
        yield new StepOutcome.Done();
      }
      case ProviderReply.Declined declined -> declined(ledger, locked, declined.code(), by);
      case ProviderReply.Cancelled _ -> declined(ledger, locked, "not_refunded", by);
      case ProviderReply.NotFound _ -> unknown(ledger, locked, "no such refund so far", by);
      case ProviderReply.NoAnswer none -> unknown(ledger, locked, none.why(), by);
      case ProviderReply.Charged _ ->
          throw new IllegalArgumentException("a charge says nothing of a refund");
    };
  }

  /// An answer too late flips nothing; people learn of it.
  private void noteContradiction(int ledger, Locked locked, ProviderReply reply, String by) {
    RefundRow refund = locked.refund();
    boolean lateSuccess =
        reply instanceof ProviderReply.Refunded && refund.state() == RefundState.DECLINED;
    boolean lateDecline =
        reply instanceof ProviderReply.Declined && refund.state() == RefundState.SUCCEEDED;
    if (!lateSuccess && !lateDecline) {
      return;
    }
    PaymentRow noted =
        note(
            ledger,
            locked.payment(),
            lateSuccess ? "refund_late_success" : "refund_late_decline",
            refund,
            by,
            "The provider says otherwise, too late: " + reply);
    Payment view = views.payment(ledger, noted);
    cases.forEach(
        it -> {
          if (lateSuccess) {
            it.lateSuccess(ledger, view);
          } else {
            it.lateDecline(ledger, view);
          }
        });
  }

  private StepOutcome declined(int ledger, Locked locked, String code, String by) {
    RefundRow refund = locked.refund();
    RefundRow declined = save(ledger, refund.in(RefundState.DECLINED).because(code));
    note(ledger, locked.payment(), "refund_declined", refund, by, code);
    ended(ledger, declined);
    publish(ledger, declined);
    return new StepOutcome.Refused("declined: " + code);
  }

  private StepOutcome unknown(int ledger, Locked locked, String why, String by) {
    RefundRow refund = locked.refund();
    boolean first = refund.state() == RefundState.SUBMITTED;
    int checks = first ? 0 : refund.checks() + 1;
    Instant next =
        schedule.next(refund.createdAt(), checks, payments.now(), ThreadLocalRandom.current());
    RefundRow unknown =
        save(ledger, first ? refund.in(RefundState.PENDING_CONFIRMATION) : refund.checked());
    PaymentRow noted =
        note(ledger, locked.payment(), first ? "refund_parked" : "refund_checked", refund, by, why);
    if (isOverdue(refund)) {
      cases.forEach(it -> it.unconfirmed(ledger, views.payment(ledger, noted)));
    }
    if (first) {
      publish(ledger, unknown);
    }
    return new StepOutcome.Waits(next, why);
  }

  /// Posts a refund that was just learned of, in the commit that learned of it.
  StepOutcome capture(int ledger, RefundId id) {
    Locked locked = lock(ledger, id);
    RefundRow refund = locked.refund();
    if (refund.state().isFinal()) {
      return new StepOutcome.Done();
    }
    Transaction posted =
        holds.capture(
            scope(ledger),
            held(refund),
            TransactionKind.REFUND,
            refund.requestedBy(),
            relation(refund));
    RefundRow succeeded = save(ledger, refund.in(RefundState.SUCCEEDED));
    payments(ledger, locked.payment(), succeeded, posted.id());
    ended(ledger, succeeded);
    return new StepOutcome.Done();
  }

  /// Ends the refund of a charge that came too late: there is nothing to post.
  StepOutcome settle(int ledger, RefundId id) {
    Locked locked = lock(ledger, id);
    RefundRow refund = locked.refund();
    if (!refund.state().isFinal()) {
      RefundRow succeeded = save(ledger, refund.in(RefundState.SUCCEEDED));
      PaymentRow noted =
          note(
              ledger,
              locked.payment(),
              "late_success_refunded",
              refund,
              "system",
              "of " + refund.amount());
      ended(ledger, succeeded);
      Payment view = views.payment(ledger, noted);
      cases.forEach(it -> it.lateSuccessRefunded(ledger, view));
    }
    return new StepOutcome.Done();
  }

  private void payments(
      int ledger, PaymentRow payment, RefundRow refund, TransactionId transaction) {
    long refunded = Math.addExact(payment.status().refunded(), refund.amount().minorUnits());
    PaymentState next =
        refunded == payment.amount().minorUnits()
            ? PaymentState.REFUNDED
            : PaymentState.PARTIALLY_REFUNDED;
    List<TransactionId> transactions = new ArrayList<>(payment.status().transactions());
    transactions.add(transaction);
    PaymentRow changed =
        payments.change(
            ledger,
            payment,
            "refunded",
            Change.to(next).refunded(refunded).transactions(transactions),
            refund.requestedBy(),
            refund.id() + " of " + refund.amount() + ", posted as " + transaction);
    outbox.publish(
        ledger, "payment." + next.wire(), payment.id().toString(), views.payment(ledger, changed));
  }

  /// Tells of a refund that succeeded.
  StepOutcome tell(int ledger, RefundId id) {
    publish(ledger, get(ledger, id));
    return new StepOutcome.Done();
  }

  private Locked lock(int ledger, RefundId id) {
    gate.enter();
    answers.lock(ledger, id.uuid());
    PaymentRow payment = payments.lock(ledger, get(ledger, id).payment());
    return new Locked(payment, store.lock(ledger, id).orElseThrow(() -> notFound(id)));
  }

  private RefundRow save(int ledger, RefundRow refund) {
    if (!store.update(ledger, refund, payments.now())) {
      throw new IllegalStateException(refund.id() + " changed under its lock");
    }
    return get(ledger, refund.id());
  }

  private PaymentRow note(
      int ledger, PaymentRow payment, String type, RefundRow refund, String by, String detail) {
    return payments.change(
        ledger, payment, type, Change.nothing(), by, refund.id() + ": " + detail);
  }

  private boolean isOverdue(RefundRow refund) {
    return schedule.isOverdue(refund.createdAt(), payments.now());
  }

  private void ended(int ledger, RefundRow refund) {
    answers.end(ledger, refund.id().uuid(), () -> PaymentViews.refund(refund));
    if (isOverdue(refund)) {
      PaymentRow payment = payments.get(ledger, refund.payment());
      cases.forEach(it -> it.confirmed(ledger, views.payment(ledger, payment)));
    }
  }

  /// Tells, inside the caller's transaction, where a refund stands now.
  void publish(int ledger, RefundRow refund) {
    outbox.publish(
        ledger,
        "refund." + refund.state().wire(),
        refund.id().toString(),
        PaymentViews.refund(refund));
  }

  private LedgerScope scope(int ledger) {
    return ledgers.byId(ledger).scope();
  }

  private static HoldId held(RefundRow refund) {
    return Objects.requireNonNull(refund.hold(), "a refund is sent only once its funds are held");
  }

  private static Relation relation(RefundRow refund) {
    return new Relation("refund", refund.id().toString());
  }

  private static RuntimeException notFound(RefundId id) {
    return Problems.notFound("refund " + id).asException();
  }
}
