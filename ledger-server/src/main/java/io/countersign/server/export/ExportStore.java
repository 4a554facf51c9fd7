package io.countersign.server.export;

import io.countersign.model.WireName;
import io.countersign.model.exports.ExportFilter;
import io.countersign.model.exports.ExportState;
import io.countersign.model.exports.Manifest;
import io.countersign.model.id.ExportId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

@Component
class ExportStore {

  private static final String INSERT =
      """
      INSERT INTO export.export (ledger_id, id, kind, format, from_day, to_day, account,
          through_sequence, state, progress, requested_by, started_at)
      VALUES (:ledger, :id, :kind, :format, :from, :to, :account, :through, 'running', 0,
          :requestedBy, :at)
      """;
  private static final String FIND =
      """
      SELECT id, kind, format, from_day, to_day, account, through_sequence, state, progress, manifest,
             failure, requested_by, started_at, finished_at
      FROM export.export WHERE ledger_id = :ledger AND id = :id
      """;
  private static final String FIX_THROUGH =
      """
      UPDATE export.export SET through_sequence = :through
      WHERE ledger_id = :ledger AND id = :id AND state = 'running' AND through_sequence IS NULL
      """;
  private static final String PROGRESS =
      """
      UPDATE export.export SET progress = :progress
      WHERE ledger_id = :ledger AND id = :id AND state = 'running'
      """;
  private static final String FINISH =
      """
      UPDATE export.export
      SET state = 'finished', progress = 100, manifest = :manifest, finished_at = :at
      WHERE ledger_id = :ledger AND id = :id AND state = 'running'
      """;
  private static final String FAIL =
      """
      UPDATE export.export SET state = 'failed', failure = :failure, finished_at = :at
      WHERE ledger_id = :ledger AND id = :id AND state = 'running'
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ExportStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void insert(
      int ledger,
      ExportId id,
      ExportFilter filter,
      @Nullable Long through,
      String requestedBy,
      Instant at) {
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .param("kind", filter.kind())
        .param("format", filter.format())
        .param("from", filter.from())
        .param("to", filter.to())
        .param("account", filter.account())
        .param("through", through)
        .param("requestedBy", requestedBy)
        .param("at", utc(at))
        .update();
  }

  Optional<ExportRow> find(int ledger, ExportId id) {
    return jdbc.sql(FIND)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(this::export)
        .optional();
  }

  /// @return false when it was fixed before
  boolean fixThrough(int ledger, ExportId id, long through) {
    return jdbc.sql(FIX_THROUGH)
            .param("through", through)
            .param("ledger", ledger)
            .param("id", id.uuid())
            .update()
        == 1;
  }

  void progress(int ledger, ExportId id, int percent) {
    jdbc.sql(PROGRESS)
        .param("progress", percent)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .update();
  }

  /// @return false when it has ended before
  boolean finish(int ledger, ExportId id, Manifest manifest, Instant at) {
    return jdbc.sql(FINISH)
            .param("manifest", json.writeValueAsString(manifest))
            .param("at", utc(at))
            .param("ledger", ledger)
            .param("id", id.uuid())
            .update()
        == 1;
  }

  /// @return false when it has ended before
  boolean fail(int ledger, ExportId id, String failure, Instant at) {
    return jdbc.sql(FAIL)
            .param("failure", failure)
            .param("at", utc(at))
            .param("ledger", ledger)
            .param("id", id.uuid())
            .update()
        == 1;
  }

  private ExportRow export(ResultSet row, int number) throws SQLException {
    String manifest = row.getString("manifest");
    OffsetDateTime finishedAt = row.getObject("finished_at", OffsetDateTime.class);
    return new ExportRow(
        new ExportId(row.getObject("id", UUID.class)),
        new ExportFilter(
            row.getString("kind"),
            row.getString("format"),
            row.getObject("from_day", LocalDate.class),
            row.getObject("to_day", LocalDate.class),
            row.getString("account")),
        row.getObject("through_sequence", Long.class),
        WireName.parse(ExportState.class, row.getString("state")),
        row.getInt("progress"),
        manifest == null ? null : json.readValue(manifest, Manifest.class),
        row.getString("failure"),
        row.getString("requested_by"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        finishedAt == null ? null : finishedAt.toInstant());
  }

  private static OffsetDateTime utc(Instant at) {
    return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
  }
}
