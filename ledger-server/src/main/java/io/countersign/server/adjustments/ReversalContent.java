package io.countersign.server.adjustments;

import io.countersign.model.Immutable;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.EntryRequest;
import java.time.LocalDate;
import java.util.List;

/// What the decider of a reversal sees, and what is then posted.
///
/// @param entries the opposites of the transaction's, for the reader: they follow from it
record ReversalContent(
    TransactionId transaction, String reason, LocalDate effectiveOn, List<EntryRequest> entries) {

  ReversalContent {
    entries = Immutable.list(entries);
  }
}
