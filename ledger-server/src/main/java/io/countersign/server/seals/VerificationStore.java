package io.countersign.server.seals;

import io.countersign.model.WireName;
import io.countersign.model.seals.Broken;
import io.countersign.model.seals.Verification;
import io.countersign.model.seals.VerificationState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

@Component
class VerificationStore {

  private static final String INSERT =
      """
      INSERT INTO seals.verification
        (ledger_id, id, state, progress, through_sequence, requested_by, started_at)
      VALUES (:ledger, :id, 'running', 0, 0, :requestedBy, :at)
      ON CONFLICT (ledger_id) WHERE state = 'running' DO NOTHING
      """;
  private static final String SELECT =
      """
      SELECT state, progress, through_sequence, first_broken, requested_by, started_at, finished_at
      FROM seals.verification WHERE ledger_id = :ledger
      """;
  private static final String LATEST = SELECT + " ORDER BY id DESC LIMIT 1";
  private static final String FIND = SELECT + " AND id = :id";
  private static final String PROGRESS =
      """
      UPDATE seals.verification SET progress = :progress, through_sequence = :through
      WHERE ledger_id = :ledger AND id = :id AND state = 'running'
      """;
  private static final String FINISH =
      """
      UPDATE seals.verification
      SET state = :state, progress = 100, through_sequence = :through, first_broken = :broken,
          finished_at = :at
      WHERE ledger_id = :ledger AND id = :id AND state = 'running'
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  VerificationStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// @return false when one is running
  boolean insert(int ledger, UUID id, String requestedBy, Instant at) {
    return jdbc.sql(INSERT)
            .param("ledger", ledger)
            .param("id", id)
            .param("requestedBy", requestedBy)
            .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
            .update()
        == 1;
  }

  Optional<Verification> latest(int ledger) {
    return jdbc.sql(LATEST).param("ledger", ledger).query(this::verification).optional();
  }

  Optional<Verification> find(int ledger, UUID id) {
    return jdbc.sql(FIND)
        .param("ledger", ledger)
        .param("id", id)
        .query(this::verification)
        .optional();
  }

  void progress(int ledger, UUID id, int percent, long through) {
    jdbc.sql(PROGRESS)
        .param("progress", percent)
        .param("through", through)
        .param("ledger", ledger)
        .param("id", id)
        .update();
  }

  /// @return false when it was finished before
  boolean finish(int ledger, UUID id, long through, @Nullable Broken broken, Instant at) {
    VerificationState state = broken == null ? VerificationState.INTACT : VerificationState.BROKEN;
    return jdbc.sql(FINISH)
            .param("state", state.wire())
            .param("through", through)
            .param("broken", broken == null ? null : json.writeValueAsString(broken))
            .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
            .param("ledger", ledger)
            .param("id", id)
            .update()
        == 1;
  }

  private Verification verification(ResultSet row, int number) throws SQLException {
    String broken = row.getString("first_broken");
    OffsetDateTime finishedAt = row.getObject("finished_at", OffsetDateTime.class);
    return new Verification(
        WireName.parse(VerificationState.class, row.getString("state")),
        row.getLong("through_sequence"),
        broken == null ? null : json.readValue(broken, Broken.class),
        finishedAt == null ? null : finishedAt.toInstant(),
        row.getInt("progress"),
        row.getString("requested_by"),
        row.getObject("started_at", OffsetDateTime.class).toInstant());
  }
}
