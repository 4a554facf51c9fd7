package io.countersign.server.journal;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads an account's entries by accounting day, and by recording within a day.
@Component
class AccountStatementStore {

  /// A place in an account's statement.
  record Position(LocalDate effectiveOn, long sequence, int line) {}

  record Row(
      UUID transaction,
      Position position,
      Instant recordedAt,
      String description,
      EntryLayer layer,
      long amount) {}

  private static final String PAGE =
      """
      SELECT t.id, t.recorded_at, t.description, e.effective_on, e.sequence, e.line, e.layer, e.amount
      FROM journal.entry e
      JOIN journal.transaction t ON t.ledger_id = e.ledger_id AND t.sequence = e.sequence
      WHERE e.ledger_id = :ledger AND e.account_id = :account
        AND (e.effective_on, e.sequence, e.line) > (:day::date, :sequence, :line)
        AND e.effective_on <= :to::date
      ORDER BY e.effective_on, e.sequence, e.line LIMIT :rows
      """;
  private static final String POSTED_UP_TO_LINE =
      """
      SELECT coalesce(sum(amount), 0) FROM journal.entry
      WHERE ledger_id = :ledger AND sequence = :sequence AND line <= :line
        AND account_id = :account AND layer = 0
      """;

  private final JdbcClient jdbc;

  AccountStatementStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Row> page(int ledger, UUID account, Position after, LocalDate to, int rows) {
    return jdbc.sql(PAGE)
        .param("ledger", ledger)
        .param("account", account)
        .param("day", after.effectiveOn())
        .param("sequence", after.sequence())
        .param("line", after.line())
        .param("to", to)
        .param("rows", rows)
        .query(AccountStatementStore::row)
        .list();
  }

  /// What the account's lines of one transaction post, up to a line.
  BigInteger postedUpToLine(int ledger, UUID account, Position position) {
    return jdbc.sql(POSTED_UP_TO_LINE)
        .param("ledger", ledger)
        .param("account", account)
        .param("sequence", position.sequence())
        .param("line", position.line())
        .query(java.math.BigDecimal.class)
        .single()
        .toBigIntegerExact();
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(
        row.getObject("id", UUID.class),
        new Position(
            row.getObject("effective_on", LocalDate.class),
            row.getLong("sequence"),
            row.getInt("line")),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        row.getString("description"),
        EntryLayer.of(row.getInt("layer")),
        row.getLong("amount"));
  }
}
