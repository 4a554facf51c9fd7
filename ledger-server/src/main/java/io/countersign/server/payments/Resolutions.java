package io.countersign.server.payments;

import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.Proposed;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.ResolutionRequest;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.approvals.Approvals;
import io.countersign.server.approvals.Proposal;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// Lets a person propose what became of a charge that its provider is silent about.
@Component
class Resolutions {

  private static final int WORDS_LONGEST = 2000;
  private static final int REFERENCE_LONGEST = 255;

  private final PaymentBook book;
  private final Approvals approvals;
  private final OncePerKey once;

  Resolutions(PaymentBook book, Approvals approvals, OncePerKey once) {
    this.book = book;
    this.approvals = approvals;
    this.once = once;
  }

  ResponseEntity<byte[]> propose(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      PaymentId id,
      ResolutionRequest body) {
    new FieldChecks()
        .text("reason", body.reason(), WORDS_LONGEST)
        .text("evidence.note", body.evidence().note(), WORDS_LONGEST)
        .optionalText("evidence.attachment", body.evidence().attachment(), WORDS_LONGEST)
        .optionalText(
            "evidence.providerReference", body.evidence().providerReference(), REFERENCE_LONGEST)
        .orThrow();
    return once.execute(
        request, () -> Answer.accepted(new Proposed(proposed(ledger, caller, id, body))));
  }

  // The proposal's row before the payment's, as decisions take them.
  private ApprovalId proposed(
      LedgerScope ledger, Caller caller, PaymentId id, ResolutionRequest body) {
    PaymentRow payment = book.get(ledger.id(), id);
    ResolutionKind.requireUnknown(payment);
    PaymentTerms terms = payment.terms();
    ApprovalId approval =
        approvals.propose(
            ledger,
            caller,
            new Proposal(
                ApprovalKind.PAYMENT_RESOLUTION,
                new ResolutionContent(
                    id,
                    body.outcome(),
                    terms.amount(),
                    terms.merchantAccount(),
                    terms.providerAccount(),
                    body.evidence()),
                body.reason(),
                new Relation("payment", id.toString()),
                id.toString()));
    PaymentRow locked = book.lock(ledger.id(), id);
    ResolutionKind.requireUnknown(locked);
    book.change(
        ledger.id(),
        locked,
        "resolution_proposed",
        Change.nothing(),
        caller.name(),
        body.outcome().wire() + ": " + body.reason() + " (" + approval + ")");
    return approval;
  }
}
