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

  // As many segments as have the rows, whatever part of the first is before the place to go on
  // from; and what is in no checkpoint.
  private static final String PAGE =
      """
      WITH base AS MATERIALIZED (
        SELECT coalesce(max(newest.through), 0) AS through
        FROM (SELECT through FROM journal.checkpoint
              WHERE ledger_id = :ledger AND account_id = :account
              ORDER BY through DESC LIMIT 1) newest
      ), segment AS MATERIALIZED (
        SELECT s.day, s.first_sequence, s.last_sequence,
               sum(s.entries) OVER in_order - s.entries - first_value(s.entries) OVER in_order
                 AS before
        FROM (SELECT g.day, g.through, g.first_sequence, g.last_sequence, g.entries
              FROM journal.checkpoint_segment g
              WHERE g.ledger_id = :ledger AND g.account_id = :account
                AND g.day BETWEEN :epochDay AND :epochTo
                AND (g.day > :epochDay OR g.last_sequence >= :sequence)
                AND g.through <= (SELECT through FROM base)
              ORDER BY g.day, g.through LIMIT :rows + 1) s
        WINDOW in_order AS (ORDER BY s.day, s.through)
      ), found AS (
        SELECT e.sequence, e.effective_on
        FROM segment s CROSS JOIN LATERAL (
          SELECT i.sequence, i.effective_on FROM journal.entry i
          WHERE i.ledger_id = :ledger AND i.account_id = :account
            AND i.sequence BETWEEN s.first_sequence AND s.last_sequence
            AND i.effective_on = DATE '1970-01-01' + s.day
        ) e
        WHERE s.before < :rows
        UNION
        SELECT e.sequence, e.effective_on FROM journal.entry e
        WHERE e.ledger_id = :ledger AND e.account_id = :account
          AND e.sequence > (SELECT through FROM base)
          AND e.effective_on BETWEEN DATE '1970-01-01' + :epochDay AND DATE '1970-01-01' + :epochTo
      )
      SELECT t.id, t.recorded_at, t.description, e.effective_on, e.sequence, e.line, e.layer, e.amount
      FROM (SELECT f.sequence FROM found f
            WHERE f.effective_on > DATE '1970-01-01' + :epochDay OR f.sequence >= :sequence
            ORDER BY f.effective_on, f.sequence LIMIT :rows + 1) f
      JOIN journal.entry e
        ON e.ledger_id = :ledger AND e.sequence = f.sequence AND e.account_id = :account
      JOIN journal.transaction t ON t.ledger_id = :ledger AND t.sequence = f.sequence
      WHERE e.effective_on > DATE '1970-01-01' + :epochDay
         OR (e.sequence, e.line) > (:sequence, :line)
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
        .param("epochDay", Math.toIntExact(after.effectiveOn().toEpochDay()))
        .param("epochTo", Math.toIntExact(to.toEpochDay()))
        .param("sequence", after.sequence())
        .param("line", after.line())
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
