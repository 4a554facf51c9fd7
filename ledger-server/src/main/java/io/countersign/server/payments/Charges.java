package io.countersign.server.payments;

import io.countersign.model.Relation;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentState;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.journal.Appended;
import io.countersign.server.journal.EntryDraft;
import io.countersign.server.journal.Gate;
import io.countersign.server.journal.Journal;
import io.countersign.server.journal.TransactionDraft;
import io.countersign.server.outbox.Outbox;
import io.countersign.server.outbox.Told;
import io.countersign.server.payments.PaymentBook.Happening;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.sagas.StepOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Applies what is learned about a charge to the payment as it is then, inside the caller's
/// transaction. Locks are taken in the one order: gate, keys, payment, then whatever posting takes.
@Component
class Charges {

  private final PaymentBook book;
  private final PaymentViews views;
  private final AnswersLater answers;
  private final Wishes wishes;
  private final Overtaken overtaken;
  private final LateCharges lateCharges;
  private final Journal journal;
  private final Gate gate;
  private final Ledgers ledgers;
  private final Outbox outbox;
  private final CheckSchedule schedule;
  private final ObjectProvider<PaymentCases> cases;

  Charges(
      PaymentBook book,
      PaymentViews views,
      AnswersLater answers,
      Wishes wishes,
      Overtaken overtaken,
      LateCharges lateCharges,
      Journal journal,
      Gate gate,
      Ledgers ledgers,
      Outbox outbox,
      CheckSchedule schedule,
      ObjectProvider<PaymentCases> cases) {
    this.book = book;
    this.views = views;
    this.answers = answers;
    this.wishes = wishes;
    this.overtaken = overtaken;
    this.lateCharges = lateCharges;
    this.journal = journal;
    this.gate = gate;
    this.ledgers = ledgers;
    this.outbox = outbox;
    this.schedule = schedule;
    this.cases = cases;
  }

  /// The transaction that a charge posts.
  static TransactionDraft draft(PaymentTerms terms) {
    return builder(terms).build();
  }

  /// The transaction that the charge of this payment posts, with those who resolved it.
  static TransactionDraft draft(PaymentRow payment) {
    TransactionDraft.Builder draft = builder(payment.terms());
    String proposer = payment.status().proposedBy();
    String decider = payment.status().decidedBy();
    return proposer == null || decider == null
        ? draft.build()
        : draft.fourEyes(proposer, decider).build();
  }

  private static TransactionDraft.Builder builder(PaymentTerms terms) {
    String description = terms.description();
    return TransactionDraft.of(
            TransactionKind.CHARGE,
            description == null ? "Charge " + terms.id() : description,
            terms.createdBy())
        .entries(
            EntryDraft.debit(terms.providerAccount(), terms.amount()),
            EntryDraft.credit(terms.merchantAccount(), terms.amount()))
        .reference(terms.reference())
        .relatesTo(new Relation("payment", terms.id().toString()));
  }

  PaymentRow lock(int ledger, PaymentId id) {
    gate.enter();
    answers.lock(ledger, id.uuid());
    return book.lock(ledger, id);
  }

  /// Makes a payment and tells of it, inside the caller's transaction.
  ///
  /// @param send whether the provider is asked from now on
  /// @return the payment at its very beginning
  PaymentRow create(int ledger, PaymentTerms terms, boolean send) {
    List<PaymentRow> rows =
        book.create(ledger, terms, send ? List.of(submission(terms.createdAt())) : List.of());
    outbox.publish(ledger, rows.stream().map(it -> told(it, PaymentViews.ofNew(it))).toList());
    return rows.getFirst();
  }

  /// Notes, before the call, that the provider is asked from now on.
  PaymentRow submitted(int ledger, PaymentRow created, Instant at) {
    Happening now = submission(at);
    PaymentRow submitted =
        book.change(ledger, created, now.type(), now.change(), now.by(), now.detail());
    publish(ledger, submitted);
    return submitted;
  }

  private static Happening submission(Instant at) {
    return new Happening(
        "submitted", Change.to(PaymentState.SUBMITTED).sent(1, at), "system", null);
  }

  /// @param by who says so: the server for answers and checks, the provider for its events
  /// @return what it means for the step "charge"
  StepOutcome learn(int ledger, PaymentId id, ProviderReply reply, String by) {
    gate.enter();
    overtaken.by(ledger, id, reply);
    PaymentRow payment = lock(ledger, id);
    if (payment.state().isFinal()) {
      noteContradiction(ledger, payment, reply, by);
      return payment.state() == PaymentState.DECLINED
          ? new StepOutcome.Refused("declined")
          : new StepOutcome.Done();
    }
    if (payment.isBeingReversed()) {
      return new StepOutcome.Refused("the books refused the charge");
    }
    return switch (reply) {
      case ProviderReply.Charged charged ->
          charged(ledger, payment, charged.reference().value(), by);
      case ProviderReply.Declined declined -> declined(ledger, payment, declined.code(), by);
      case ProviderReply.Cancelled _ -> declined(ledger, payment, "not_charged", by);
      case ProviderReply.NotFound _ -> unknown(ledger, payment, "no such charge so far", by);
      case ProviderReply.NoAnswer none -> unknown(ledger, payment, none.why(), by);
      case ProviderReply.Refunded _ ->
          throw new IllegalArgumentException("a refund says nothing of a charge");
    };
  }

  StepOutcome charged(int ledger, PaymentRow payment, String providerReference, String by) {
    book.change(
        ledger,
        payment,
        "charged",
        Change.nothing().charged(providerReference, book.now()).nextCheckAt(null),
        by,
        "provider reference " + providerReference);
    return new StepOutcome.Done();
  }

  /// What two people agree became of the charge.
  StepOutcome resolvedAsCharged(
      int ledger,
      PaymentRow payment,
      @Nullable String providerReference,
      String proposer,
      String decider) {
    book.change(
        ledger,
        payment,
        "resolved",
        Change.nothing()
            .charged(providerReference, book.now())
            .resolved(proposer, decider)
            .nextCheckAt(null),
        decider,
        "charged, as proposed by " + proposer);
    return new StepOutcome.Done();
  }

  StepOutcome declined(int ledger, PaymentRow payment, String code, String by) {
    PaymentRow declined =
        book.change(
            ledger,
            payment,
            "declined",
            Change.to(PaymentState.DECLINED).declineCode(code).nextCheckAt(null),
            by,
            code);
    ended(ledger, declined);
    wishes.ungrant(ledger, declined, "the charge was declined");
    return new StepOutcome.Refused("declined: " + code);
  }

  private StepOutcome unknown(int ledger, PaymentRow payment, String why, String by) {
    Instant now = book.now();
    if (payment.state() == PaymentState.SUBMITTED) {
      Instant next = nextCheck(payment, 0, now);
      PaymentRow parked =
          book.change(
              ledger,
              payment,
              "parked",
              Change.to(PaymentState.PENDING_CONFIRMATION).nextCheckAt(next),
              by,
              why);
      publish(ledger, parked);
      return new StepOutcome.Waits(next, why);
    }
    int checks = payment.status().checks() + 1;
    Instant next = nextCheck(payment, checks, now);
    PaymentRow checked =
        book.change(ledger, payment, "checked", Change.nothing().checks(checks, next), by, why);
    tellWhenOverdue(ledger, checked, now);
    return new StepOutcome.Waits(next, why);
  }

  private Instant nextCheck(PaymentRow payment, int checks, Instant now) {
    return schedule.next(payment.terms().createdAt(), checks, now, ThreadLocalRandom.current());
  }

  private boolean isOverdue(PaymentRow payment, Instant now) {
    return schedule.isOverdue(payment.terms().createdAt(), now);
  }

  private boolean mayBeWorkOfPeople(PaymentRow payment, Instant now) {
    return isOverdue(payment, now) || payment.status().postingRefused() != null;
  }

  private void tellWhenOverdue(int ledger, PaymentRow payment, Instant now) {
    if (isOverdue(payment, now)) {
      cases.forEach(it -> it.unconfirmed(ledger, views.payment(ledger, payment)));
    }
  }

  /// Posts a charge that was just learned of, in the commit that learned of it.
  StepOutcome post(int ledger, PaymentId id) {
    PaymentRow payment = book.lock(ledger, id);
    if (payment.state().isFinal()) {
      return new StepOutcome.Done();
    }
    LedgerScope scope = ledgers.byId(ledger).scope();
    return switch (journal.append(scope, draft(payment))) {
      case Appended.Recorded recorded -> posted(ledger, payment, recorded.transaction());
      case Appended.Refused refused -> {
        PaymentRow parked =
            book.change(
                ledger,
                payment,
                "posting_refused",
                Change.to(PaymentState.PENDING_CONFIRMATION)
                    .postingRefused(refused.problem().slug()),
                "system",
                refused.problem().detail());
        publish(ledger, parked);
        yield new StepOutcome.Refused(refused.problem().slug());
      }
    };
  }

  private StepOutcome posted(int ledger, PaymentRow payment, Transaction transaction) {
    List<TransactionId> transactions = new ArrayList<>(payment.status().transactions());
    transactions.add(transaction.id());
    PaymentRow succeeded =
        book.change(
            ledger,
            payment,
            "succeeded",
            Change.to(PaymentState.SUCCEEDED).transactions(transactions),
            "system",
            "posted as " + transaction.id());
    List<RefundRow> refunds = views.refunds(ledger, succeeded);
    ended(ledger, succeeded, PaymentViews.payment(succeeded, refunds));
    wishes.grant(ledger, refunds);
    return new StepOutcome.Done();
  }

  /// Tells of a charge that succeeded.
  StepOutcome tell(int ledger, PaymentId id) {
    publish(ledger, book.get(ledger, id));
    return new StepOutcome.Done();
  }

  /// The card has its money back, so the payment ends as if it had not been.
  StepOutcome reversed(int ledger, PaymentId id, String by) {
    gate.enter();
    overtaken.refundsOf(ledger, id);
    PaymentRow payment = lock(ledger, id);
    if (!payment.state().isFinal()) {
      PaymentRow reversed =
          book.change(
              ledger,
              payment,
              "reversed",
              Change.to(PaymentState.REVERSED).nextCheckAt(null),
              by,
              "the card was refunded because of " + payment.status().postingRefused());
      ended(ledger, reversed);
      wishes.ungrant(ledger, reversed, "the charge was reversed");
    }
    return new StepOutcome.Done();
  }

  /// Nothing is known yet of the card's refund after the books refused the charge.
  StepOutcome reversalUnknown(int ledger, PaymentId id, String why) {
    PaymentRow payment = lock(ledger, id);
    int checks = payment.status().checks() + 1;
    Instant now = book.now();
    Instant next = nextCheck(payment, checks - 1, now);
    PaymentRow checked =
        book.change(
            ledger, payment, "checked", Change.nothing().checks(checks, next), "system", why);
    tellWhenOverdue(ledger, checked, now);
    return new StepOutcome.Waits(next, why);
  }

  /// The provider will not give the money back: only a person can say how it goes on.
  StepOutcome reversalDeclined(int ledger, PaymentId id, String code) {
    PaymentRow payment = lock(ledger, id);
    PaymentRow declined =
        book.change(
            ledger,
            payment,
            "reversal_declined",
            Change.nothing().nextCheckAt(null),
            payment.terms().provider(),
            code);
    // No check follows that could tell them later.
    cases.forEach(it -> it.unconfirmed(ledger, views.payment(ledger, declined)));
    return new StepOutcome.Stuck("the provider refuses to refund the card: " + code);
  }

  private void noteContradiction(int ledger, PaymentRow payment, ProviderReply reply, String by) {
    boolean late =
        switch (reply) {
          case ProviderReply.Charged _ -> payment.state() == PaymentState.DECLINED;
          case ProviderReply.Declined _, ProviderReply.Cancelled _ -> payment.state().isCharged();
          default -> false;
        };
    if (late) {
      boolean success = reply instanceof ProviderReply.Charged;
      PaymentRow noted =
          book.change(
              ledger,
              payment,
              success ? "late_success" : "late_decline",
              reply instanceof ProviderReply.Charged charged
                  ? Change.nothing().providerReference(charged.reference().value())
                  : Change.nothing(),
              by,
              "The provider says otherwise, too late: " + reply);
      if (success) {
        lateCharges.proposeRefund(ledger, noted);
      }
      Payment view = views.payment(ledger, noted);
      cases.forEach(
          it -> {
            if (success) {
              it.lateSuccess(ledger, view);
            } else {
              it.lateDecline(ledger, view);
            }
          });
    }
  }

  private void ended(int ledger, PaymentRow payment) {
    Payment view = views.payment(ledger, payment);
    ended(ledger, payment, view);
    outbox.publish(ledger, List.of(told(payment, view)));
  }

  private void ended(int ledger, PaymentRow payment, Payment view) {
    answers.end(ledger, payment.id().uuid(), () -> view);
    if (mayBeWorkOfPeople(payment, book.now())) {
      cases.forEach(it -> it.confirmed(ledger, view));
    }
  }

  /// Tells, inside the caller's transaction, where a payment stands now.
  void publish(int ledger, PaymentRow payment) {
    outbox.publish(ledger, List.of(told(payment, views.payment(ledger, payment))));
  }

  private static Told told(PaymentRow payment, Payment view) {
    return new Told("payment." + payment.state().wire(), payment.id().toString(), view);
  }
}
