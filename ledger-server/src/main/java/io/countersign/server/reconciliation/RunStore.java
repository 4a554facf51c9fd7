package io.countersign.server.reconciliation;

import io.countersign.model.WireName;
import io.countersign.model.id.RunId;
import io.countersign.model.reconciliation.RunState;
import io.countersign.server.reconciliation.RunRow.RunTotals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class RunStore {

  private static final String INSERT =
      """
      INSERT INTO reconciliation.run
        (ledger_id, id, source, through, fetches, state, progress, lines, matched, awaiting, exceptions,
         started_at)
      VALUES (:ledger, :id, :source, :through, :fetch, 'running', 0, 0, 0, 0, 0, :at)
      """;
  private static final String FIND =
      """
      SELECT id, source, through, fetches, state, progress, lines, matched, awaiting, exceptions,
             started_at, finished_at
      FROM reconciliation.run WHERE ledger_id = :ledger AND id = :id
      """;
  private static final String PROGRESS =
      """
      UPDATE reconciliation.run SET progress = :progress
      WHERE ledger_id = :ledger AND id = :id AND state = 'running' AND progress < :progress
      """;
  private static final String FINISH =
      """
      UPDATE reconciliation.run
      SET state = 'finished', progress = 100, lines = :lines, matched = :matched, awaiting = :awaiting,
          exceptions = :exceptions, finished_at = :at
      WHERE ledger_id = :ledger AND id = :id AND state = 'running'
      """;
  private static final String LINES =
      """
      SELECT count(*) AS lines, count(*) FILTER (WHERE l.state = 'matched') AS matched
      FROM reconciliation.line l
      JOIN reconciliation.source_account a ON a.ledger_id = l.ledger_id AND a.id = l.source_account
      WHERE l.ledger_id = :ledger AND a.source = :source AND l.counted
        AND (:through::date IS NULL OR l.booked_on <= :through::date)
      """;
  private static final String AWAITING =
      """
      SELECT count(*) FROM reconciliation.entry e
      JOIN reconciliation.source_account a ON a.ledger_id = e.ledger_id AND a.id = e.source_account
      WHERE e.ledger_id = :ledger AND a.source = :source AND e.state = 'awaiting'
        AND (:through::date IS NULL OR e.effective_on <= :through::date)
      """;

  private final JdbcClient jdbc;

  RunStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(
      int ledger, RunId id, String source, @Nullable LocalDate through, boolean fetch, Instant at) {
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .param("source", source)
        .param("through", through)
        .param("fetch", fetch)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
  }

  Optional<RunRow> find(int ledger, RunId id) {
    return jdbc.sql(FIND)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(RunStore::run)
        .optional();
  }

  void progress(int ledger, RunId id, int percent) {
    jdbc.sql(PROGRESS)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .param("progress", percent)
        .update();
  }

  void finish(int ledger, RunId id, RunTotals totals, Instant at) {
    jdbc.sql(FINISH)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .param("lines", totals.lines())
        .param("matched", totals.matched())
        .param("awaiting", totals.awaiting())
        .param("exceptions", totals.exceptions())
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
  }

  /// @param exceptions counted by the feature's cases
  RunTotals totals(int ledger, String source, @Nullable LocalDate through, int exceptions) {
    int awaiting =
        jdbc.sql(AWAITING)
            .param("ledger", ledger)
            .param("source", source)
            .param("through", through)
            .query(Integer.class)
            .single();
    return jdbc.sql(LINES)
        .param("ledger", ledger)
        .param("source", source)
        .param("through", through)
        .query(
            (row, number) ->
                new RunTotals(row.getInt("lines"), row.getInt("matched"), awaiting, exceptions))
        .single();
  }

  private static RunRow run(ResultSet row, int number) throws SQLException {
    OffsetDateTime finishedAt = row.getObject("finished_at", OffsetDateTime.class);
    return new RunRow(
        new RunId(row.getObject("id", java.util.UUID.class)),
        row.getString("source"),
        row.getObject("through", LocalDate.class),
        row.getBoolean("fetches"),
        WireName.parse(RunState.class, row.getString("state")),
        row.getInt("progress"),
        new RunTotals(
            row.getInt("lines"),
            row.getInt("matched"),
            row.getInt("awaiting"),
            row.getInt("exceptions")),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        finishedAt == null ? null : finishedAt.toInstant());
  }
}
