package io.countersign.server.journal;

import io.countersign.server.database.SqlArrays;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Sums entries. All amounts are signed as stored: debits positive, credits negative.
@Component
class BalanceStore {

  /// @param sequence of the newest transaction with an entry in the sums; 0 without any
  record Sums(BigInteger posted, BigInteger taken, long sequence) {}

  /// A place in an account's statement, which is ordered by day, then by recording.
  record Position(LocalDate effectiveOn, long sequence, int line) {}

  record StatementRow(
      UUID transaction,
      Position position,
      Instant recordedAt,
      String description,
      EntryLayer layer,
      long amount) {}

  private static final String SUMS =
      """
      SELECT coalesce(sum(amount) FILTER (WHERE layer = 0), 0) AS posted,
             coalesce(sum(amount) FILTER (WHERE layer = 1), 0) AS taken,
             coalesce(max(sequence), 0) AS sequence
      FROM journal.entry
      WHERE ledger_id = :ledger AND account_id = :account AND effective_on <= :day
      """;
  private static final String POSTED_OF_ALL =
      """
      SELECT account_id, sum(amount) AS posted FROM journal.entry
      WHERE ledger_id = :ledger AND layer = 0 AND effective_on <= :day
      GROUP BY account_id
      """;
  private static final String POSTED_THROUGH =
      """
      SELECT coalesce(sum(amount), 0) FROM journal.entry
      WHERE ledger_id = :ledger AND account_id = :account AND layer = 0
        AND (effective_on, sequence, line) <= (:day::date, :sequence, :line)
      """;
  private static final String STATEMENT =
      """
      SELECT t.id, t.recorded_at, t.description, e.effective_on, e.sequence, e.line, e.layer, e.amount
      FROM journal.entry e
      JOIN journal.transaction t ON t.ledger_id = e.ledger_id AND t.sequence = e.sequence
      WHERE e.ledger_id = :ledger AND e.account_id = :account
        AND (e.effective_on, e.sequence, e.line) > (:day::date, :sequence, :line)
        AND e.effective_on <= :to::date
      ORDER BY e.effective_on, e.sequence, e.line LIMIT :rows
      """;
  private static final String POSTED_OF =
      """
      SELECT account_id, sum(amount) AS posted FROM journal.entry
      WHERE ledger_id = :ledger AND layer = 0 AND account_id = ANY(:accounts::uuid[])
      GROUP BY account_id
      """;

  private final JdbcClient jdbc;

  BalanceStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Sums sums(int ledger, UUID account, LocalDate day) {
    return jdbc.sql(SUMS)
        .param("ledger", ledger)
        .param("account", account)
        .param("day", day)
        .query(
            (row, number) ->
                new Sums(
                    row.getBigDecimal("posted").toBigIntegerExact(),
                    row.getBigDecimal("taken").toBigIntegerExact(),
                    row.getLong("sequence")))
        .single();
  }

  Map<UUID, BigInteger> postedOfAll(int ledger, LocalDate day) {
    Map<UUID, BigInteger> posted = new HashMap<>();
    jdbc.sql(POSTED_OF_ALL)
        .param("ledger", ledger)
        .param("day", day)
        .query(
            row -> {
              collect(row, posted);
            });
    return posted;
  }

  Map<UUID, BigInteger> postedOf(int ledger, List<UUID> accounts) {
    Map<UUID, BigInteger> posted = new HashMap<>();
    jdbc.sql(POSTED_OF)
        .param("ledger", ledger)
        .param("accounts", SqlArrays.texts(accounts))
        .query(
            row -> {
              collect(row, posted);
            });
    return posted;
  }

  BigInteger postedThrough(int ledger, UUID account, Position position) {
    return jdbc.sql(POSTED_THROUGH)
        .param("ledger", ledger)
        .param("account", account)
        .param("day", position.effectiveOn())
        .param("sequence", position.sequence())
        .param("line", position.line())
        .query(java.math.BigDecimal.class)
        .single()
        .toBigIntegerExact();
  }

  List<StatementRow> statement(
      int ledger, UUID account, Position after, @Nullable LocalDate to, int rows) {
    return jdbc.sql(STATEMENT)
        .param("ledger", ledger)
        .param("account", account)
        .param("day", after.effectiveOn())
        .param("sequence", after.sequence())
        .param("line", after.line())
        .param("to", to == null ? "infinity" : to.toString())
        .param("rows", rows)
        .query(BalanceStore::statementRow)
        .list();
  }

  private static void collect(ResultSet row, Map<UUID, BigInteger> posted) throws SQLException {
    posted.put(
        row.getObject("account_id", UUID.class), row.getBigDecimal("posted").toBigIntegerExact());
  }

  private static StatementRow statementRow(ResultSet row, int number) throws SQLException {
    return new StatementRow(
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
