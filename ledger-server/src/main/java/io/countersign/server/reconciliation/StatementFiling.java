package io.countersign.server.reconciliation;

import io.countersign.model.UuidV7;
import io.countersign.model.reconciliation.LineState;
import io.countersign.model.reconciliation.Settlement;
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
  }

  /// What is stored, in the file's order; all quarantined until somebody decides.
  List<StatementRow> filed() {
    return List.copyOf(filed);
  }

  @Override
  public Open begin() {
    return new OpenStatement(ids.next());
  }

  private final class OpenStatement implements Open {

    private final UUID id;
    private final ContentHash content = new ContentHash();

    OpenStatement(UUID id) {
      this.id = id;
    }

    @Override
    public void line(ParsedLine line) {
      String identity = identity(line);
      content.add(identity);
      Settlement settlement = line.settlement();
      if (settlement != null) {
        // Named later, in a file that says nothing else that is new.
        content.add(settlement.payout());
      }
      bite.add(
          new LineRow(
              ids.next(),
              id,
              line.number(),
              line.valueDate(),
              line.valueDateText(),
              line.bookedOn(),
              line.minorUnits(),
              line.currency(),
              line.references(),
              line.text(),
              identity,
              LineState.UNMATCHED,
              settlement));
      if (bite.size() == BITE) {
        flush();
      }
    }

    @Override
    public void end(ParsedStatement parsed) {
      flush();
      filed.add(
          new StatementRow(
              id,
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
              parsed.coveredThrough(),
              StatementState.QUARANTINED,
              parsed.problems().stream().map(StatementFiling::problem).toList(),
              contentHash(content, parsed),
              null,
              receivedAt));
    }
  }

  // A line whose sender names it is the same wherever it appears, though its state or its payout
  // was not known before.
  private static String identity(ParsedLine line) {
    ContentHash hash = new ContentHash();
    if (line.key() != null) {
      return hash.add(line.key()).add(line.minorUnits()).add(line.currency()).hex();
    }
    hash.add(line.valueDateText())
        .add(line.bookedOn())
        .add(line.minorUnits())
        .add(line.currency())
        .add(line.text());
    line.references().forEach(hash::add);
    return hash.hex();
  }

  private void flush() {
    if (!bite.isEmpty()) {
      lines.insert(ledger, bite);
      stored += bite.size();
      bite.clear();
      progress.accept(stored);
    }
  }

  private static String contentHash(ContentHash content, ParsedStatement parsed) {
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
