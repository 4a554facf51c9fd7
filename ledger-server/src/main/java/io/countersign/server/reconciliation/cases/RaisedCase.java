package io.countersign.server.reconciliation.cases;

import io.countersign.model.CurrencyCode;
import io.countersign.model.id.LineId;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.reconciliation.Candidate;
import io.countersign.model.reconciliation.ExceptionCategory;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An exception as a run finds it.
///
/// @param source null for what is about a payment
/// @param account the source's account; null for what is about a payment
/// @param amount minor units, signed as on the statement; null for a missing statement
/// @param words what the text filter searches
public record RaisedCase(
    Subject subject,
    ExceptionCategory category,
    @Nullable String source,
    @Nullable UUID account,
    @Nullable Long amount,
    CurrencyCode currency,
    @Nullable Long difference,
    List<LineId> lines,
    List<TransactionId> transactions,
    @Nullable PaymentId payment,
    List<Candidate> candidates,
    String words,
    Instant dueAt) {

  public RaisedCase {
    lines = List.copyOf(lines);
    transactions = List.copyOf(transactions);
    candidates = List.copyOf(candidates);
  }
}
