package io.countersign.server.reconciliation;

import io.countersign.model.UuidV7;
import io.countersign.model.reconciliation.Statement;
import io.countersign.model.reconciliation.StatementImport;
import io.countersign.server.api.Caller;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.database.Transactions;
import io.countersign.server.reconciliation.statement.StatementReader;
import io.countersign.server.reconciliation.statement.UnreadableStatement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Takes statement files: small ones at once, larger ones in the background. Up to 8 MB their
/// sender waits for the outcome, as long as a call may take.
///
/// A file is read in one database transaction, so an unreadable one leaves nothing behind. The same
/// file again adds nothing: its statements are known by what they say.
@Component
class StatementImports {

  /// What is surely read in time, however busy the machine.
  static final int AT_ONCE_MAX = 2 * 1024 * 1024;

  /// What the sender waits for (`docs/api.md`, section 8).
  static final long ANSWERED_MAX = 8 * 1024 * 1024;

  private static final int CHUNK_SIZE = 1024 * 1024;
  private static final long SIZE_MAX = 2L * 1024 * 1024 * 1024;
  // Bytes that a line takes in the leanest of real files: enough for a progress that only grows.
  private static final int LINE_SIZE_GUESS = 400;
  private static final int PERCENT_WHILE_READING_MAX = 99;
  // Every call is answered within 10 s, and receiving the file has taken some of them.
  private static final Duration PATIENCE = Duration.ofSeconds(7);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final Sources sources;
  private final SourceStore sourceStore;
  private final ImportStore imports;
  private final StatementStore statements;
  private final LineStore lines;
  private final StatementAdmission admission;
  private final Runs runs;
  private final BackgroundWork background;
  private final AuditLog audit;
  private final Transactions transactions;
  private final UuidV7 ids;
  private final Clock clock;

  StatementImports(
      Sources sources,
      SourceStore sourceStore,
      ImportStore imports,
      StatementStore statements,
      LineStore lines,
      StatementAdmission admission,
      Runs runs,
      BackgroundWork background,
      AuditLog audit,
      Transactions transactions,
      UuidV7 ids,
      Clock clock) {
    this.sources = sources;
    this.sourceStore = sourceStore;
    this.imports = imports;
    this.statements = statements;
    this.lines = lines;
    this.admission = admission;
    this.runs = runs;
    this.background = background;
    this.audit = audit;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /// Reads a file, or keeps a large one to be read soon.
  ///
  /// @return the import; its statements are null while it is still to be read
  /// @throws io.countersign.server.api.ProblemException 422 `unreadable-statement`, 413
  ///   `too-large`, 404 `not-found` for the source
  StatementImport receive(
      int ledger, String source, @Nullable String fileName, InputStream file, Caller caller)
      throws IOException {
    long begun = System.nanoTime();
    SourceRow known = sources.get(ledger, source);
    UUID id = ids.next();
    byte[] start = file.readNBytes(AT_ONCE_MAX + 1);
    if (start.length <= AT_ONCE_MAX) {
      return atOnce(ledger, known, id, fileName, start, caller);
    }
    long size = keep(ledger, known, id, fileName, start, file, caller);
    return size <= ANSWERED_MAX && isReadBefore(ledger, id, begun + PATIENCE.toNanos())
        ? find(ledger, id)
        : new StatementImport(StatementImportIds.text(id), null, null);
  }

  /// @param deadline as [System#nanoTime] counts
  private boolean isReadBefore(int ledger, UUID id, long deadline) {
    while (imports.find(ledger, id).orElseThrow().state() == ImportStore.State.READING) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    return true;
  }

  private StatementImport atOnce(
      int ledger,
      SourceRow source,
      UUID id,
      @Nullable String fileName,
      byte[] file,
      Caller caller) {
    try {
      transactions.run(
          () -> {
            imports.insert(ledger, id, source.code(), fileName, clock.instant(), caller.name());
            imports.received(ledger, id, file.length);
            audited(ledger, source, id, fileName, caller);
            read(ledger, source, id, new ByteArrayInputStream(file), stored -> {});
          });
    } catch (UnreadableStatement e) {
      throw problem(e).asException();
    }
    return find(ledger, id);
  }

  private void audited(
      int ledger, SourceRow source, UUID id, @Nullable String fileName, Caller caller) {
    Map<String, String> received = new LinkedHashMap<>();
    received.put("source", source.code());
    if (fileName != null) {
      received.put("fileName", fileName);
    }
    audit.write(
        ledger,
        caller,
        AuditChange.made("statement.upload", "import", StatementImportIds.text(id), received));
  }

  private void read(
      int ledger, SourceRow source, UUID id, InputStream file, LongConsumer progress) {
    StatementFiling filing =
        new StatementFiling(ledger, source.code(), id, clock.instant(), lines, ids, progress);
    try {
      StatementReader.read(file, filing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Only now: people go on working on the source's exceptions while a large file is read.
    sourceStore.lock(ledger, source.code());
    admission.admit(ledger, source, filing.filed());
    sourceStore.bump(ledger, source.code());
    imports.done(ledger, id);
    runs.start(ledger, source.code(), null);
  }

  /// @return the file's size in bytes
  private long keep(
      int ledger,
      SourceRow source,
      UUID id,
      @Nullable String fileName,
      byte[] start,
      InputStream rest,
      Caller caller)
      throws IOException {
    transactions.run(
        () -> imports.insert(ledger, id, source.code(), fileName, clock.instant(), caller.name()));
    long size = 0;
    int number = 0;
    InputStream file = new SequenceInputStream(new ByteArrayInputStream(start), rest);
    for (byte[] chunk = file.readNBytes(CHUNK_SIZE);
        chunk.length > 0;
        chunk = file.readNBytes(CHUNK_SIZE)) {
      size += chunk.length;
      if (size > SIZE_MAX) {
        transactions.run(() -> imports.dropChunks(ledger, id));
        throw Problems.tooLarge("A statement file may have at most 2 GB.").asException();
      }
      byte[] content = chunk;
      int next = number++;
      transactions.run(() -> imports.addChunk(ledger, id, next, content));
    }
    long received = size;
    transactions.run(
        () -> {
          imports.received(ledger, id, received);
          audited(ledger, source, id, fileName, caller);
          background.readImport(ledger, id);
        });
    return received;
  }

  /// Reads a kept file. Does nothing when that is done.
  void readKept(int ledger, UUID id) {
    var kept = imports.find(ledger, id).orElseThrow();
    if (kept.state() != ImportStore.State.READING) {
      return;
    }
    SourceRow source = sources.get(ledger, kept.source());
    LongConsumer progress =
        stored -> {
          long percent = stored * LINE_SIZE_GUESS * 100 / Math.max(1, kept.size());
          int shown = (int) Math.min(PERCENT_WHILE_READING_MAX, percent);
          background.apart(() -> imports.progress(ledger, id, shown));
        };
    try {
      transactions.run(
          () -> {
            read(ledger, source, id, imports.chunks(ledger, id), progress);
            imports.dropChunks(ledger, id);
          });
    } catch (UnreadableStatement e) {
      transactions.run(
          () -> {
            imports.unreadable(ledger, id, problem(e).detail(), e.line(), e.column());
            imports.dropChunks(ledger, id);
          });
    }
  }

  static Problem problem(UnreadableStatement e) {
    return Problem.of("unreadable-statement", 422, String.valueOf(e.getMessage()))
        .with("line", e.line())
        .with("column", e.column());
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found`, or what the file was
  ///   refused for when it was read
  StatementImport find(int ledger, UUID id) {
    String text = StatementImportIds.text(id);
    var row =
        imports
            .find(ledger, id)
            .orElseThrow(() -> Problems.notFound("import '" + text + "'").asException());
    if (row.problem() != null) {
      throw row.problem().asException();
    }
    if (row.state() == ImportStore.State.READING) {
      return new StatementImport(text, row.progress(), null);
    }
    List<Statement> read =
        statements.ofImport(ledger, id).stream().map(StatementRow::toModel).toList();
    return new StatementImport(text, 100, read);
  }
}
