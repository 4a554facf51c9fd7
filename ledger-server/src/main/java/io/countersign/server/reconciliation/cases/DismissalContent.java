package io.countersign.server.reconciliation.cases;

import io.countersign.model.Money;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.id.LineId;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.reconciliation.ExceptionCategory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the decider of a dismissal sees. Nothing is posted.
///
/// @param amount what is at stake, without a sign
record DismissalContent(
    ExceptionId exception,
    ExceptionCategory category,
    @Nullable String source,
    @Nullable PaymentId payment,
    Money amount,
    String reason,
    List<LineId> lines,
    List<TransactionId> transactions) {

  DismissalContent {
    lines = List.copyOf(lines);
    transactions = List.copyOf(transactions);
  }
}
