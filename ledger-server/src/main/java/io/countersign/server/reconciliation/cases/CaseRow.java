package io.countersign.server.reconciliation.cases;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.id.LineId;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.reconciliation.Candidate;
import io.countersign.model.reconciliation.ExceptionCategory;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.Resolution;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An exception as it is stored, with its items.
///
/// @param approval the proposal it awaits; null unless it does
record CaseRow(
    ExceptionId id,
    String subject,
    ExceptionCategory category,
    ExceptionState state,
    @Nullable String source,
    @Nullable UUID account,
    @Nullable Long amount,
    @Nullable CurrencyCode currency,
    @Nullable Long difference,
    Instant openedAt,
    Instant dueAt,
    @Nullable String assignee,
    List<Candidate> candidates,
    long version,
    @Nullable Resolution resolution,
    @Nullable PaymentId payment,
    @Nullable ApprovalId approval,
    List<LineId> lines,
    List<TransactionId> transactions) {

  CaseRow {
    candidates = List.copyOf(candidates);
    lines = List.copyOf(lines);
    transactions = List.copyOf(transactions);
  }

  CaseRow with(List<LineId> itsLines, List<TransactionId> itsTransactions) {
    return new CaseRow(
        id,
        subject,
        category,
        state,
        source,
        account,
        amount,
        currency,
        difference,
        openedAt,
        dueAt,
        assignee,
        candidates,
        version,
        resolution,
        payment,
        approval,
        itsLines,
        itsTransactions);
  }

  @Nullable Money money(@Nullable Long minorUnits) {
    return minorUnits == null || currency == null ? null : new Money(minorUnits, currency);
  }
}
