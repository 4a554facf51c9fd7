package io.countersign.server.journal;

import io.countersign.model.Relation;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Entry;
import io.countersign.model.journal.Transaction;
import io.countersign.server.accounts.AccountRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An accepted draft with its id, number and instant: what is written, and what the caller is told.
record NumberedDraft(
    TransactionDraft draft,
    UUID id,
    long sequence,
    Instant recordedAt,
    LocalDate effectiveOn,
    Map<String, AccountRow> accounts) {

  /// One row of `journal.entry`.
  record Row(
      long sequence, int line, AccountRow account, EntryDraft entry, LocalDate effectiveOn) {}

  List<Row> rows() {
    List<Row> rows = new ArrayList<>(draft.entries().size());
    for (EntryDraft entry : draft.entries()) {
      AccountRow account = Objects.requireNonNull(accounts.get(entry.account()));
      rows.add(new Row(sequence, rows.size() + 1, account, entry, effectiveOn));
    }
    return rows;
  }

  @Nullable UUID reverses() {
    TransactionId reversed = draft.reverses();
    return reversed == null ? null : reversed.uuid();
  }

  @Nullable String relatesType() {
    Relation relation = draft.relatesTo();
    return relation == null ? null : relation.type();
  }

  @Nullable String relatesId() {
    Relation relation = draft.relatesTo();
    return relation == null ? null : relation.id();
  }

  Transaction toModel() {
    return new Transaction(
        new TransactionId(id),
        sequence,
        draft.kind(),
        draft.description(),
        effectiveOn,
        recordedAt,
        draft.recordedBy(),
        draft.reference(),
        rows().stream()
            .map(
                row ->
                    new Entry(
                        row.line(),
                        row.account().code(),
                        row.entry().direction(),
                        row.entry().amount(),
                        row.entry().layer().toModel()))
            .toList(),
        draft.reverses(),
        null,
        draft.relatesTo(),
        draft.proposedBy(),
        draft.decidedBy(),
        draft.metadata());
  }
}
