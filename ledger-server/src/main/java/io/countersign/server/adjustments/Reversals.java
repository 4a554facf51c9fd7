package io.countersign.server.adjustments;

import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.Proposed;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.EntryRequest;
import io.countersign.model.journal.ReversalRequest;
import io.countersign.model.journal.Transaction;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Role;
import io.countersign.server.approvals.Approvals;
import io.countersign.server.approvals.Proposal;
import io.countersign.server.journal.Drafts;
import io.countersign.server.journal.Journal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/// Undoes transactions: at once where an API client undoes what clients may post, else by a
/// proposal.
@Component
class Reversals {

  private final Journal journal;
  private final Approvals approvals;
  private final Clock clock;

  Reversals(Journal journal, Approvals approvals, Clock clock) {
    this.journal = journal;
    this.approvals = approvals;
    this.clock = clock;
  }

  /// Within the caller's transaction, which has entered the journal's gate.
  ///
  /// @return 201 with the transaction, or 202 with the proposal
  Answer reverse(
      LedgerScope ledger, Caller caller, Transaction transaction, ReversalRequest request) {
    requireReversible(transaction);
    LocalDate day = request.effectiveOn() == null ? ledger.today(clock) : request.effectiveOn();
    var draft = Drafts.reversalOf(transaction, request.reason(), day, caller.name());
    if (caller.has(ledger.id(), Role.INTEGRATOR) && isPostedByClients(transaction)) {
      return Answer.created(journal.append(ledger, draft).orThrow());
    }
    if (transaction.reversedBy() != null) {
      throw alreadyReversed(transaction).asException();
    }
    journal
        .foreseenRefusal(ledger, draft)
        .ifPresent(
            problem -> {
              throw problem.asException();
            });
    String id = transaction.id().toString();
    ReversalContent content =
        new ReversalContent(transaction.id(), request.reason(), day, opposites(transaction));
    return Answer.accepted(
        new Proposed(
            approvals.propose(
                ledger,
                caller,
                new Proposal(
                    ApprovalKind.REVERSAL,
                    content,
                    request.reason(),
                    new Relation("transaction", id),
                    id))));
  }

  private static void requireReversible(Transaction transaction) {
    Relation relation = transaction.relatesTo();
    if (relation != null && relation.type().equals("saga") && isHalf(transaction)) {
      throw Problem.of(
              "not-reversible",
              422,
              "This is one half of a transfer between ledgers, and undone alone it would leave the"
                  + " other; send the money back with POST /v1/transfers.")
          .asException();
    }
    switch (transaction.kind()) {
      case HOLD, CAPTURE, RELEASE, EXPIRY ->
          throw Problem.of(
                  "not-reversible",
                  422,
                  "A hold is ended by capture, release or expiry, not by a reversal.")
              .asException();
      case TRANSACTION, TRANSFER, REVERSAL, CHARGE, REFUND, SETTLEMENT, ADJUSTMENT, WRITE_OFF -> {}
    }
  }

  // An adjustment may relate to a saga, too, and is none of its halves.
  private static boolean isHalf(Transaction transaction) {
    return switch (transaction.kind()) {
      case TRANSFER, REVERSAL -> true;
      default -> false;
    };
  }

  private static boolean isPostedByClients(Transaction transaction) {
    return switch (transaction.kind()) {
      case TRANSACTION, TRANSFER -> true;
      default -> false;
    };
  }

  private static Problem alreadyReversed(Transaction transaction) {
    return Problem.of(
        "already-reversed", 409, "Transaction " + transaction.id() + " is reversed already.");
  }

  private static List<EntryRequest> opposites(Transaction transaction) {
    return transaction.entries().stream()
        .map(
            entry ->
                new EntryRequest(
                    entry.account(),
                    entry.direction() == Direction.DEBIT ? Direction.CREDIT : Direction.DEBIT,
                    entry.amount()))
        .toList();
  }
}
