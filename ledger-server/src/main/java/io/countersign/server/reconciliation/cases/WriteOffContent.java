package io.countersign.server.reconciliation.cases;

import io.countersign.model.id.ExceptionId;
import io.countersign.model.id.LineId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.EntryRequest;
import io.countersign.model.reconciliation.ExceptionCategory;
import java.util.List;

/// What the decider of a write-off sees: what is posted, and what is explained by it.
record WriteOffContent(
    ExceptionId exception,
    ExceptionCategory category,
    String source,
    String reason,
    String description,
    List<EntryRequest> entries,
    List<LineId> lines,
    List<TransactionId> transactions) {

  WriteOffContent {
    entries = List.copyOf(entries);
    lines = List.copyOf(lines);
    transactions = List.copyOf(transactions);
  }
}
