package io.countersign.model.reconciliation;

import io.countersign.model.Immutable;
import io.countersign.model.id.LineId;
import io.countersign.model.id.TransactionId;
import java.util.List;

/// What might explain an exception.
///
/// @param score 0–100, the higher the likelier
/// @param reason in words
public record Candidate(
    List<LineId> lines, List<TransactionId> transactions, int score, String reason) {

  public Candidate {
    lines = Immutable.list(lines);
    transactions = Immutable.list(transactions);
  }
}
