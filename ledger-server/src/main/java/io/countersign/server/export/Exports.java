package io.countersign.server.export;

import io.countersign.model.UuidV7;
import io.countersign.model.exports.Export;
import io.countersign.model.exports.ExportFilter;
import io.countersign.model.exports.ExportRequest;
import io.countersign.model.exports.ExportState;
import io.countersign.model.id.ExportId;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.database.Transactions;
import io.countersign.server.journal.Watermark;
import io.countersign.server.journal.Watermarks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Exports as auditors ask for them.
@Component
class Exports {

  private static final String JOURNAL = "journal";
  private static final String JSON_LINES = "jsonl";
  private static final Set<String> KINDS =
      Set.of(JOURNAL, "account-statement", "payments", "exceptions", "approvals", "audit-log");
  private static final Set<String> FORMATS = Set.of(JSON_LINES, "csv", "xlsx", "pdf");

  private final ExportStore store;
  private final ExportFiles files;
  private final ExportTasks tasks;
  private final Accounts accounts;
  private final Watermarks watermarks;
  private final AuditLog audit;
  private final Transactions transactions;
  private final UuidV7 ids;
  private final Clock clock;

  Exports(
      ExportStore store,
      ExportFiles files,
      ExportTasks tasks,
      Accounts accounts,
      Watermarks watermarks,
      AuditLog audit,
      Transactions transactions,
      UuidV7 ids,
      Clock clock) {
    this.store = store;
    this.files = files;
    this.tasks = tasks;
    this.accounts = accounts;
    this.watermarks = watermarks;
    this.audit = audit;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /// What must be known before the caller's transaction: how far the books reach, where a sequence
  /// is asked for that may lie beyond. A watermark cannot be taken within a transaction.
  long reach(LedgerScope ledger, ExportRequest request) {
    long reached = watermarks.newest(ledger.id()).map(Watermark::sequence).orElse(0L);
    Long asked = request.throughSequence();
    return asked == null || asked <= reached ? reached : watermarks.take(ledger.id()).sequence();
  }

  /// Promises an export, inside the caller's transaction.
  ///
  /// @param reached what [#reach(LedgerScope, ExportRequest)] said
  /// @throws io.countersign.server.api.ProblemException 400 `invalid-request`, 404
  ///   `account-not-found`, 422 `export-not-offered`, 422 `invalid-time`
  Export start(LedgerScope ledger, Caller caller, ExportRequest request, long reached) {
    ExportFilter filter = checked(ledger, request);
    Long through = request.throughSequence();
    if (through != null && through > reached) {
      throw Problems.invalidTime(
              "throughSequence "
                  + through
                  + " is beyond the books, which reach "
                  + reached
                  + "; leave it out for what is known now.")
          .asException();
    }
    ExportId id = new ExportId(ids.next());
    store.insert(ledger.id(), id, filter, through, caller.name(), clock.instant());
    audit.write(
        ledger.id(), caller, AuditChange.made("export.start", "export", id.toString(), filter));
    tasks.write(ledger.id(), id);
    return get(ledger.id(), id).toModel();
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found`
  ExportRow get(int ledger, ExportId id) {
    return store
        .find(ledger, id)
        .orElseThrow(() -> Problems.notFound("export " + id).asException());
  }

  /// The rows' file, whole.
  ///
  /// @param begins whether this reading starts with the first byte, which is written to the audit
  ///   log
  /// @throws io.countersign.server.api.ProblemException 404 `not-found`, 409 `wrong-state` while it
  ///   is not finished
  Path file(LedgerScope ledger, Caller caller, ExportId id, boolean begins) {
    return finished(ledger, caller, id, begins, files.rows(id), "export.read");
  }

  /// The proof's file, under the same conditions.
  Path proof(LedgerScope ledger, Caller caller, ExportId id, boolean begins) {
    return finished(ledger, caller, id, begins, files.proof(id), "export.read-proof");
  }

  private Path finished(
      LedgerScope ledger, Caller caller, ExportId id, boolean begins, Path file, String action) {
    ExportRow export = get(ledger.id(), id);
    if (export.state() != ExportState.FINISHED) {
      String state = export.state().wire();
      throw Problems.wrongState(state, "Export " + id + " is " + state + "; it has no file.")
          .asException();
    }
    if (!Files.isReadable(file)) {
      throw Problem.of(
              "not-found",
              404,
              "The file of export "
                  + id
                  + " is not on this server. Another one wrote it (let them share"
                  + " countersign.exports.folder), or it was removed when it was old"
                  + " (countersign.exports.keep-files): export anew with the same"
                  + " throughSequence for the same bytes.")
          .asException();
    }
    if (begins) {
      transactions.run(
          () ->
              audit.write(
                  ledger.id(),
                  caller,
                  AuditChange.made(action, "export", id.toString(), export.filter())));
    }
    return file;
  }

  private ExportFilter checked(LedgerScope ledger, ExportRequest request) {
    @Nullable LocalDate from = request.from();
    @Nullable LocalDate to = request.to();
    Long through = request.throughSequence();
    new FieldChecks()
        .that(request.kind() != null && KINDS.contains(request.kind()), "kind", oneOf(KINDS))
        .that(
            request.format() != null && FORMATS.contains(request.format()),
            "format",
            oneOf(FORMATS))
        .required("from", from)
        .required("to", to)
        .that(from == null || to == null || !from.isAfter(to), "to", "must not be before 'from'")
        .that(through == null || through >= 0, "throughSequence", "must not be negative")
        .orThrow();
    if (!JOURNAL.equals(request.kind()) || !JSON_LINES.equals(request.format())) {
      throw Problem.of(
              "export-not-offered",
              422,
              "Exports of kind '%s' in format '%s' are not offered; ask for kind 'journal' in format 'jsonl'."
                  .formatted(request.kind(), request.format()))
          .asException();
    }
    if (request.account() != null) {
      accounts.get(ledger.id(), request.account());
    }
    return new ExportFilter(
        JOURNAL,
        JSON_LINES,
        Objects.requireNonNull(from),
        Objects.requireNonNull(to),
        request.account());
  }

  private static String oneOf(Set<String> values) {
    return "must be one of " + values.stream().sorted().toList();
  }
}
