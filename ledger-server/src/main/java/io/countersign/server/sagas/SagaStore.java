package io.countersign.server.sagas;

import io.countersign.model.Relation;
import io.countersign.model.WireName;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.SagaState;
import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class SagaStore {

  private static final String COLUMNS =
      """
      SELECT id, kind, state, subject_type, subject_id, step, backward, attempts, failures,
             last_error, next_attempt_at, version, created_at, updated_at
      FROM sagas.saga WHERE ledger_id = :ledger
      """;
  private static final String FIND = COLUMNS + " AND id = :id";
  private static final String LOCK = FIND + " FOR UPDATE";
  private static final String PAGE =
      COLUMNS
          + """
             AND (:state::text IS NULL OR state = :state) AND (:before::uuid IS NULL OR id < :before)
            ORDER BY id DESC LIMIT :rows
          """;
  private static final String INSERT =
      """
      INSERT INTO sagas.saga (ledger_id, id, kind, state, subject_type, subject_id, step, backward,
          attempts, failures, last_error, next_attempt_at, version, created_at, updated_at)
      VALUES (:ledger, :id, :kind, :state, :subjectType, :subjectId, :step, :backward,
          :attempts, :failures, :lastError, :nextAttemptAt, :version, :now, :now)
      """;
  private static final String UPDATE =
      """
      UPDATE sagas.saga
      SET state = :state, step = :step, backward = :backward, attempts = :attempts,
          failures = :failures, last_error = :lastError, next_attempt_at = :nextAttemptAt,
          version = version + 1, updated_at = :now
      WHERE ledger_id = :ledger AND id = :id AND version = :version
      """;
  private static final String LOG =
      """
      INSERT INTO sagas.step_log
        (ledger_id, saga_id, version, line, step, event, attempts, detail, logged_at)
      SELECT :ledger, :saga, :version, place - 1, step, event, attempts, detail, :now
      FROM unnest(:steps::text[], :events::text[], :attempts::int[], :details::text[])
        WITH ORDINALITY AS logged (step, event, attempts, detail, place)
      """;
  private static final String READ_LOG =
      """
      SELECT saga_id, step, event, attempts, detail FROM sagas.step_log
      WHERE ledger_id = :ledger AND saga_id IN (:sagas) ORDER BY saga_id, version, line
      """;

  private final JdbcClient jdbc;

  SagaStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<SagaRow> find(int ledger, SagaId id) {
    return jdbc.sql(FIND)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(SagaStore::row)
        .optional();
  }

  Optional<SagaRow> lock(int ledger, SagaId id) {
    return jdbc.sql(LOCK)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(SagaStore::row)
        .optional();
  }

  /// Newest first.
  List<SagaRow> page(int ledger, @Nullable SagaState state, @Nullable UUID before, int rows) {
    return jdbc.sql(PAGE)
        .param("ledger", ledger)
        .param("state", state == null ? null : state.wire())
        .param("before", before)
        .param("rows", rows)
        .query(SagaStore::row)
        .list();
  }

  void insert(int ledger, SagaRow saga, Instant now) {
    bind(jdbc.sql(INSERT), ledger, saga, now)
        .param("kind", saga.kind())
        .param("subjectType", saga.subject().type())
        .param("subjectId", saga.subject().id())
        .update();
  }

  /// @param saga as it shall be, with the version it was read at
  /// @return whether nobody else had moved it
  boolean update(int ledger, SagaRow saga, Instant now) {
    return bind(jdbc.sql(UPDATE), ledger, saga, now).update() == 1;
  }

  void log(int ledger, SagaId saga, long version, List<LogLine> lines, Instant now) {
    if (lines.isEmpty()) {
      return;
    }
    jdbc.sql(LOG)
        .param("ledger", ledger)
        .param("saga", saga.uuid())
        .param("version", version)
        .param("steps", SqlArrays.texts(lines, LogLine::step))
        .param("events", SqlArrays.texts(lines, it -> it.event().wire()))
        .param("attempts", SqlArrays.integers(lines, LogLine::attempts))
        .param("details", SqlArrays.texts(lines, LogLine::detail))
        .param("now", utc(now))
        .update();
  }

  Map<SagaId, List<LogLine>> logs(int ledger, Collection<SagaId> sagas) {
    Map<SagaId, List<LogLine>> logs = new HashMap<>();
    if (sagas.isEmpty()) {
      return logs;
    }
    jdbc.sql(READ_LOG)
        .param("ledger", ledger)
        .param("sagas", sagas.stream().map(SagaId::uuid).toList())
        .query(
            row -> {
              logs.computeIfAbsent(
                      new SagaId(row.getObject("saga_id", UUID.class)),
                      id -> new java.util.ArrayList<>())
                  .add(
                      new LogLine(
                          row.getString("step"),
                          WireName.parse(LogLine.Event.class, row.getString("event")),
                          row.getInt("attempts"),
                          row.getString("detail")));
            });
    return logs;
  }

  private static JdbcClient.StatementSpec bind(
      JdbcClient.StatementSpec statement, int ledger, SagaRow saga, Instant now) {
    return statement
        .param("ledger", ledger)
        .param("id", saga.id().uuid())
        .param("state", saga.state().wire())
        .param("step", saga.step())
        .param("backward", saga.backward())
        .param("attempts", saga.attempts())
        .param("failures", saga.failures())
        .param("lastError", saga.lastError())
        .param("nextAttemptAt", saga.nextAttemptAt() == null ? null : utc(saga.nextAttemptAt()))
        .param("version", saga.version())
        .param("now", utc(now));
  }

  private static SagaRow row(ResultSet row, int number) throws SQLException {
    OffsetDateTime next = row.getObject("next_attempt_at", OffsetDateTime.class);
    return new SagaRow(
        new SagaId(row.getObject("id", UUID.class)),
        row.getString("kind"),
        WireName.parse(SagaState.class, row.getString("state")),
        new Relation(row.getString("subject_type"), row.getString("subject_id")),
        row.getInt("step"),
        row.getBoolean("backward"),
        row.getInt("attempts"),
        row.getInt("failures"),
        row.getString("last_error"),
        next == null ? null : next.toInstant(),
        row.getLong("version"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
