package io.countersign.server.reconciliation;

import io.countersign.model.UuidV7;
import io.countersign.model.reconciliation.LineState;
import io.countersign.model.reconciliation.Statement;
import io.countersign.model.reconciliation.StatementState;
import io.countersign.server.reconciliation.statement.Balance;
import io.countersign.server.reconciliation.statement.ParsedLine;
import io.countersign.server.reconciliation.statement.ParsedStatement;
import io.countersign.server.reconciliation.statement.StatementProblem;
import io.countersign.server.reconciliation.statement.StatementSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Stores one file's statements and lines while they are read, inside the caller's transaction.
final class StatementFiling implements StatementSink {

  private static final int BITE = 1_000;

  private final int ledger;
  private final String source;
  private final UUID importId;
  private final Instant receivedAt;
  private final LineStore lines;
  private final UuidV7 ids;
  private final LongConsumer progress;
  private final List<StatementRow> filed = new ArrayList<>();
  private final List<LineRow> bite = new ArrayList<>();
  private ContentHash content = new ContentHash();
  private UUID statement;
  private long stored;

  /// @param progress is told how many lines are stored
  StatementFiling(
      int ledger,
      String source,
      UUID importId,
      Instant receivedAt,
      LineStore lines,
      UuidV7 ids,
      LongConsumer progress) {
    this.ledger = ledger;
    this.source = source;
    this.importId = importId;
    this.receivedAt = receivedAt;
    this.lines = lines;
    this.ids = ids;
    this.progress = progress;
    this.statement = ids.next();
  }

  /// What is stored, in the file's order; all quarantined until somebody decides.
  List<StatementRow> filed() {
    return List.copyOf(filed);
  }

  @Override
  public void line(ParsedLine line) {
    String identity = identity(line);
    content.add(identity);
    bite.add(
        new LineRow(
            ids.next(),
            statement,
            line.number(),
            line.valueDate(),
            line.valueDateText(),
            line.bookedOn(),
            line.minorUnits(),
            line.currency(),
            line.references(),
            line.text(),
            identity,
            LineState.UNMATCHED));
    if (bite.size() == BITE) {
      flush();
    }
  }

  private static String identity(ParsedLine line) {
    ContentHash hash =
        new ContentHash()
            .add(line.valueDateText())
            .add(line.bookedOn())
            .add(line.minorUnits())
            .add(line.currency())
            .add(line.text());
    line.references().forEach(hash::add);
    return hash.hex();
  }

  private void flush() {
    if (!bite.isEmpty()) {
      lines.insert(ledger, statement, bite);
      stored += bite.size();
      bite.clear();
      progress.accept(stored);
    }
  }

  @Override
  public void end(ParsedStatement parsed) {
    flush();
    StatementRow row =
        new StatementRow(
            statement,
            importId,
            filed.size() + 1,
            source,
            null,
            parsed.format().wireName(),
            parsed.accountId() == null ? null : BankAccounts.normalised(parsed.accountId()),
            parsed.number(),
            parsed.currency(),
            parsed.lineCount(),
            parsed.opening(),
            parsed.closing(),
            StatementState.QUARANTINED,
            parsed.problems().stream().map(StatementFiling::problem).toList(),
            contentHash(parsed),
            null,
            receivedAt);
    filed.add(row);
    content = new ContentHash();
    statement = ids.next();
  }

  private String contentHash(ParsedStatement parsed) {
    return content
        .add(parsed.accountId())
        .add(parsed.currency())
        .add(minorUnits(parsed.opening()))
        .add(minorUnits(parsed.closing()))
        .add(parsed.closing() == null ? null : parsed.closing().on())
        .hex();
  }

  private static @Nullable Long minorUnits(@Nullable Balance balance) {
    return balance == null ? null : balance.minorUnits();
  }

  private static Statement.Problem problem(StatementProblem problem) {
    return new Statement.Problem(problem.code(), problem.detail());
  }
}
