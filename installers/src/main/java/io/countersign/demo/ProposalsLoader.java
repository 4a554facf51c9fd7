package io.countersign.demo;

import io.countersign.client.Books;
import io.countersign.client.Query;
import io.countersign.model.Money;
import io.countersign.model.approvals.AdjustmentRequest;
import io.countersign.model.id.PaymentId;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.EntryRequest;
import io.countersign.model.journal.ReversalRequest;
import io.countersign.model.journal.Transaction;
import io.countersign.model.payments.Evidence;
import io.countersign.model.payments.ResolutionOutcome;
import io.countersign.model.payments.ResolutionRequest;
import java.util.Comparator;
import java.util.List;

/// What an operator has proposed and nobody has decided.
final class ProposalsLoader {

  private final Books asOperator;
  private final Books books;
  private final Month month;
  private final List<PaymentId> silent;

  ProposalsLoader(Books asOperator, Books books, Month month, List<PaymentId> silent) {
    this.asOperator = asOperator;
    this.books = books;
    this.month = month;
    this.silent = List.copyOf(silent);
  }

  void propose() {
    adjust("Bank charge of last month was never booked", Month.BANK_FEES, Month.BANK, 1_250);
    adjust("Goodwill after a late delivery", Month.FEES, month.wallets().getFirst(), 500);
    reverseOnePurchase();
    resolveOneParkedPayment();
  }

  private void adjust(String reason, String debit, String credit, long minorUnits) {
    Money amount = Money.of(minorUnits, "EUR");
    asOperator
        .approvals()
        .propose(
            new AdjustmentRequest(
                reason,
                reason,
                null,
                List.of(
                    new EntryRequest(debit, Direction.DEBIT, amount),
                    new EntryRequest(credit, Direction.CREDIT, amount)),
                null),
            month.intent("adjustment-" + debit));
  }

  private void reverseOnePurchase() {
    Month.Movement purchase =
        month.movements().stream()
            .filter(movement -> movement.kind() == Month.Kind.PURCHASE)
            .toList()
            .getLast();
    Transaction recorded =
        books
            .journal()
            .list(Query.ALL.with("reference", purchase.reference()).page(1, null))
            .items()
            .getFirst();
    asOperator
        .journal()
        .reverse(
            recorded.id(),
            new ReversalRequest("The customer paid twice for one order", null),
            month.intent("reversal"));
  }

  // One that its provider never answers: another's answer would overtake the proposal.
  private void resolveOneParkedPayment() {
    silent.stream()
        .min(Comparator.comparing(PaymentId::toString))
        .ifPresent(
            payment ->
                asOperator
                    .payments()
                    .proposeResolution(
                        payment,
                        new ResolutionRequest(
                            ResolutionOutcome.SUCCEEDED,
                            "The acquirer's portal shows the charge",
                            new Evidence(null, "Seen in the portal's transaction list", null)),
                        month.intent("resolution-" + payment)));
  }
}
