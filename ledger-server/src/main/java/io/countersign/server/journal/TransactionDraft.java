package io.countersign.server.journal;

import io.countersign.model.Immutable;
import io.countersign.model.Relation;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.TransactionKind;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A transaction to be appended.
///
/// @param effectiveOn the accounting day; null is today in the ledger's time zone
/// @param reverses the transaction that this one undoes; null otherwise
/// @param endsHold whether this is the end of a hold: what is reserved is completed even when an
///   account was frozen or closed since
public record TransactionDraft(
    TransactionKind kind,
    String description,
    @Nullable LocalDate effectiveOn,
    @Nullable String reference,
    String recordedBy,
    List<EntryDraft> entries,
    @Nullable TransactionId reverses,
    @Nullable Relation relatesTo,
    @Nullable String proposedBy,
    @Nullable String decidedBy,
    boolean endsHold,
    Map<String, @Nullable Object> metadata) {

  public TransactionDraft {
    entries = List.copyOf(entries);
    metadata = Immutable.map(metadata);
  }

  public static Builder of(TransactionKind kind, String description, String recordedBy) {
    return new Builder(kind, description, recordedBy);
  }

  /// Puts a draft together; entries are required, the rest is not.
  public static final class Builder {

    private final TransactionKind kind;
    private final String description;
    private final String recordedBy;
    private List<EntryDraft> entries = List.of();
    private @Nullable LocalDate effectiveOn;
    private @Nullable String reference;
    private @Nullable TransactionId reverses;
    private @Nullable Relation relatesTo;
    private @Nullable String proposedBy;
    private @Nullable String decidedBy;
    private boolean endsHold;
    private Map<String, @Nullable Object> metadata = Map.of();

    private Builder(TransactionKind kind, String description, String recordedBy) {
      this.kind = kind;
      this.description = description;
      this.recordedBy = recordedBy;
    }

    public Builder entries(EntryDraft... rows) {
      return entries(List.of(rows));
    }

    public Builder entries(List<EntryDraft> rows) {
      this.entries = rows;
      return this;
    }

    public Builder effectiveOn(@Nullable LocalDate day) {
      this.effectiveOn = day;
      return this;
    }

    public Builder reference(@Nullable String text) {
      this.reference = text;
      return this;
    }

    public Builder reverses(TransactionId id) {
      this.reverses = id;
      return this;
    }

    public Builder relatesTo(@Nullable Relation relation) {
      this.relatesTo = relation;
      return this;
    }

    /// Who asked and who agreed, where two people were needed.
    public Builder fourEyes(String proposer, String decider) {
      this.proposedBy = proposer;
      this.decidedBy = decider;
      return this;
    }

    Builder endsHold() {
      this.endsHold = true;
      return this;
    }

    public Builder metadata(@Nullable Map<String, @Nullable Object> values) {
      this.metadata = Objects.requireNonNullElse(values, Map.of());
      return this;
    }

    public TransactionDraft build() {
      return new TransactionDraft(
          kind,
          description,
          effectiveOn,
          reference,
          recordedBy,
          entries,
          reverses,
          relatesTo,
          proposedBy,
          decidedBy,
          endsHold,
          metadata);
    }
  }
}
