package io.countersign.model.reconciliation;

import io.countersign.model.Immutable;
import io.countersign.model.id.LineId;
import io.countersign.model.id.TransactionId;
import java.util.List;

/// `POST L/exceptions/{id}/match`.
public record MatchRequest(List<TransactionId> transactions, List<LineId> lines, String reason) {

  public MatchRequest {
    transactions = Immutable.list(transactions);
    lines = Immutable.list(lines);
  }
}
