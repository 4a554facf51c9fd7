package io.countersign.server.journal;

import io.countersign.model.journal.EntryRequest;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.model.journal.TransactionRequest;
import io.countersign.model.journal.TransferRequest;
import io.countersign.server.api.FieldChecks;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes drafts of what callers ask for.
public final class Drafts {

  public static final int ENTRIES_MIN = 2;
  public static final int ENTRIES_MAX = 1000;
  public static final int DESCRIPTION_LONGEST = 500;
  public static final int REFERENCE_LONGEST = 255;

  private Drafts() {}

  /// @throws io.countersign.server.api.ProblemException 400 `invalid-request`
  static TransactionDraft of(TransactionRequest request, String recordedBy) {
    FieldChecks checks =
        new FieldChecks()
            .text("description", request.description(), DESCRIPTION_LONGEST)
            .optionalText("reference", request.reference(), REFERENCE_LONGEST);
    checkEntries(checks, request.entries());
    checks.orThrow();
    return TransactionDraft.of(TransactionKind.TRANSACTION, request.description(), recordedBy)
        .entries(request.entries().stream().map(EntryDraft::of).toList())
        .effectiveOn(request.effectiveOn())
        .reference(request.reference())
        .metadata(request.metadata())
        .build();
  }

  /// @throws io.countersign.server.api.ProblemException 400 `invalid-request`
  static TransactionDraft of(TransferRequest request, String recordedBy) {
    new FieldChecks()
        .required("from", request.from())
        .required("to", request.to())
        .required("amount", request.amount())
        .that(
            request.from() == null || !request.from().equals(request.to()),
            "to",
            "must be another account than from")
        .text("description", request.description(), DESCRIPTION_LONGEST)
        .optionalText("reference", request.reference(), REFERENCE_LONGEST)
        .orThrow();
    return TransactionDraft.of(TransactionKind.TRANSFER, request.description(), recordedBy)
        .entries(
            EntryDraft.debit(request.from(), request.amount()),
            EntryDraft.credit(request.to(), request.amount()))
        .effectiveOn(request.effectiveOn())
        .reference(request.reference())
        .metadata(request.metadata())
        .build();
  }

  /// The opposite of a recorded transaction.
  public static TransactionDraft reversalOf(
      Transaction recorded, String reason, @Nullable LocalDate effectiveOn, String recordedBy) {
    return reversal(recorded, reason, effectiveOn, recordedBy).build();
  }

  /// The opposite of a recorded transaction, to be completed by who proposed and who decided it.
  public static TransactionDraft.Builder reversal(
      Transaction recorded, String reason, @Nullable LocalDate effectiveOn, String recordedBy) {
    List<EntryDraft> opposites =
        recorded.entries().stream()
            .map(
                entry ->
                    new EntryDraft(
                            entry.account(), entry.direction(), entry.amount(), EntryLayer.POSTED)
                        .opposite())
            .toList();
    return TransactionDraft.of(TransactionKind.REVERSAL, reason, recordedBy)
        .entries(opposites)
        .effectiveOn(effectiveOn)
        .reference(recorded.reference())
        .reverses(recorded.id());
  }

  /// Adds what is wrong with the shape of entries; their sense is for the journal to judge.
  public static void checkEntries(FieldChecks checks, @Nullable List<EntryRequest> entries) {
    checks.size("entries", entries, ENTRIES_MIN, ENTRIES_MAX);
    if (entries == null) {
      return;
    }
    for (int line = 0; line < entries.size(); line++) {
      EntryRequest entry = entries.get(line);
      if (entry != null) {
        String field = "entries[" + line + "].";
        checks
            .required(field + "account", entry.account())
            .required(field + "direction", entry.direction())
            .required(field + "amount", entry.amount());
      }
    }
  }
}
