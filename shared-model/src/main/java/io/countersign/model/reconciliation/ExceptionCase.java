package io.countersign.model.reconciliation;

import io.countersign.model.Immutable;
import io.countersign.model.Money;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.id.LineId;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.TransactionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An exception of reconciliation: a work item.
///
/// @param source code of the source; null when none is involved
/// @param approvalId the proposal it awaits; null unless it does
/// @param lineDetails content of every line named here or by a candidate
public record ExceptionCase(
    ExceptionId id,
    ExceptionCategory category,
    ExceptionState state,
    @Nullable String source,
    @Nullable Money amount,
    @Nullable Money difference,
    Instant openedAt,
    @Nullable Instant dueAt,
    @Nullable String assignee,
    List<LineId> lines,
    List<TransactionId> transactions,
    @Nullable PaymentId payment,
    List<Candidate> candidates,
    List<StatementLine> lineDetails,
    List<CaseEvent> history,
    List<Comment> comments,
    @Nullable Resolution resolution,
    @Nullable ApprovalId approvalId) {

  public ExceptionCase {
    lines = Immutable.list(lines);
    transactions = Immutable.list(transactions);
    candidates = Immutable.list(candidates);
    lineDetails = Immutable.list(lineDetails);
    history = Immutable.list(history);
    comments = Immutable.list(comments);
  }
}
