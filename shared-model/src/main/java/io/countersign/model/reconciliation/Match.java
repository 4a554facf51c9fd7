package io.countersign.model.reconciliation;

import io.countersign.model.Immutable;
import io.countersign.model.id.LineId;
import io.countersign.model.id.MatchId;
import io.countersign.model.id.TransactionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lines and transactions that explain each other.
///
/// @param rule which rule found them, or `manual`
/// @param reason in words
public record Match(
    MatchId id,
    List<LineId> lines,
    List<TransactionId> transactions,
    String rule,
    String reason,
    String matchedBy,
    Instant matchedAt,
    @Nullable Instant undoneAt) {

  public Match {
    lines = Immutable.list(lines);
    transactions = Immutable.list(transactions);
  }
}
