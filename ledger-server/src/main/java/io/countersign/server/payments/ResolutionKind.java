package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.Impact;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.ResolutionOutcome;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey.Preamble;
import io.countersign.server.api.Problems;
import io.countersign.server.approvals.Decision;
import io.countersign.server.approvals.ProposalKind;
import io.countersign.server.journal.Gate;
import io.countersign.server.journal.Journal;
import io.countersign.server.sagas.Sagas;
import io.countersign.server.sagas.StepOutcome;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// An approved resolution ends the step that the payment's saga waits at, in the decision's commit.
@Component
class ResolutionKind implements ProposalKind<ResolutionContent> {

  private final PaymentBook book;
  private final Charges charges;
  private final PaymentImpacts impacts;
  private final Journal journal;
  private final Sagas sagas;
  private final Gate gate;

  ResolutionKind(
      PaymentBook book,
      Charges charges,
      PaymentImpacts impacts,
      Journal journal,
      Sagas sagas,
      Gate gate) {
    this.book = book;
    this.charges = charges;
    this.impacts = impacts;
    this.journal = journal;
    this.sagas = sagas;
    this.gate = gate;
  }

  @Override
  public ApprovalKind kind() {
    return ApprovalKind.PAYMENT_RESOLUTION;
  }

  @Override
  public Class<ResolutionContent> contentType() {
    return ResolutionContent.class;
  }

  @Override
  public Preamble preamble() {
    return gate.entering();
  }

  @Override
  public Map<String, String> pins(LedgerScope ledger, ResolutionContent content) {
    return Map.of(
        "state of " + content.payment(), book.get(ledger.id(), content.payment()).state().wire());
  }

  @Override
  public List<Impact> impact(LedgerScope ledger, ResolutionContent content) {
    return content.outcome() == ResolutionOutcome.SUCCEEDED
        ? impacts.of(ledger, content.providerAccount(), content.merchantAccount(), content.amount())
        : List.of();
  }

  @Override
  public List<Money> amounts(LedgerScope ledger, ResolutionContent content) {
    return List.of(content.amount());
  }

  @Override
  public Relation execute(Decision decision, ResolutionContent content) {
    int ledger = decision.ledger().id();
    PaymentRow payment = charges.lock(ledger, content.payment());
    requireUnknown(payment);
    StepOutcome outcome =
        switch (content.outcome()) {
          case SUCCEEDED -> {
            requirePostable(decision.ledger(), payment);
            yield charges.resolvedAsCharged(
                ledger,
                payment,
                content.evidence().providerReference(),
                decision.proposer(),
                decision.decider().name());
          }
          case DECLINED -> charges.declined(ledger, payment, "resolved", decision.decider().name());
        };
    sagas.tell(ledger, payment.terms().saga(), ChargeSaga.CHARGE, outcome);
    return new Relation("payment", payment.id().toString());
  }

  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state` when its provider is not
  ///   asked about it
  static void requireUnknown(PaymentRow payment) {
    if (payment.state() != PaymentState.PENDING_CONFIRMATION || payment.isBeingReversed()) {
      throw Problems.wrongState(
              payment.state().wire(),
              "Only a payment whose charge is unknown is resolved by people.")
          .asException();
    }
  }

  // What the books refuse must not be decided: the proposal stays, and no card is refunded for it.
  private void requirePostable(LedgerScope ledger, PaymentRow payment) {
    journal
        .foreseenRefusal(ledger, Charges.draft(payment))
        .ifPresent(
            problem -> {
              throw problem.asException();
            });
  }
}
