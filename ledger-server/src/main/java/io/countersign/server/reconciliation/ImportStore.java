package io.countersign.server.reconciliation;

import io.countersign.server.api.Problem;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

@Component
class ImportStore {

  private static final String INSERT =
      """
      INSERT INTO reconciliation.statement_import
        (ledger_id, id, source, file_name, state, size, progress, received_at, received_by)
      VALUES (:ledger, :id, :source, :fileName, 'reading', 0, 0, :at, :by)
      """;
  private static final String RECEIVED =
      """
      UPDATE reconciliation.statement_import SET size = :size
      WHERE ledger_id = :ledger AND id = :id AND state = 'reading'
      """;
  private static final String PROGRESS =
      """
      UPDATE reconciliation.statement_import SET progress = :progress
      WHERE ledger_id = :ledger AND id = :id AND state = 'reading' AND progress < :progress
      """;
  private static final String DONE =
      """
      UPDATE reconciliation.statement_import SET state = 'done', progress = 100
      WHERE ledger_id = :ledger AND id = :id AND state = 'reading'
      """;
  private static final String UNREADABLE =
      """
      UPDATE reconciliation.statement_import
      SET state = 'unreadable', progress = 100, problem = :problem::jsonb
      WHERE ledger_id = :ledger AND id = :id AND state = 'reading'
      """;
  private static final String FIND =
      """
      SELECT id, source, state, size, progress, problem, received_at, received_by
      FROM reconciliation.statement_import
      WHERE ledger_id = :ledger AND id = :id
      """;
  private static final String ADD_CHUNK =
      """
      INSERT INTO reconciliation.import_chunk (ledger_id, import_id, number, content)
      VALUES (:ledger, :import, :number, :content)
      """;
  private static final String CHUNK =
      """
      SELECT content FROM reconciliation.import_chunk
      WHERE ledger_id = :ledger AND import_id = :import AND number = :number
      """;
  private static final String DROP_CHUNKS =
      "DELETE FROM reconciliation.import_chunk WHERE ledger_id = :ledger AND import_id = :import";

  enum State {
    READING,
    DONE,
    UNREADABLE
  }

  /// @param problem why it is unreadable; null otherwise
  record ImportRow(
      UUID id,
      String source,
      State state,
      long size,
      int progress,
      @Nullable Problem problem,
      Instant receivedAt,
      String receivedBy) {}

  /// What is kept of a refusal.
  private record KeptProblem(String slug, int status, String detail, int line, int column) {}

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ImportStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void insert(
      int ledger, UUID id, String source, @Nullable String fileName, Instant at, String by) {
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("id", id)
        .param("source", source)
        .param("fileName", fileName)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("by", by)
        .update();
  }

  void received(int ledger, UUID id, long size) {
    jdbc.sql(RECEIVED).param("ledger", ledger).param("id", id).param("size", size).update();
  }

  void progress(int ledger, UUID id, int percent) {
    jdbc.sql(PROGRESS).param("ledger", ledger).param("id", id).param("progress", percent).update();
  }

  void done(int ledger, UUID id) {
    jdbc.sql(DONE).param("ledger", ledger).param("id", id).update();
  }

  void unreadable(int ledger, UUID id, String detail, int line, int column) {
    KeptProblem kept = new KeptProblem("unreadable-statement", 422, detail, line, column);
    jdbc.sql(UNREADABLE)
        .param("ledger", ledger)
        .param("id", id)
        .param("problem", json.writeValueAsString(kept))
        .update();
  }

  Optional<ImportRow> find(int ledger, UUID id) {
    return jdbc.sql(FIND).param("ledger", ledger).param("id", id).query(this::row).optional();
  }

  void addChunk(int ledger, UUID importId, int number, byte[] content) {
    jdbc.sql(ADD_CHUNK)
        .param("ledger", ledger)
        .param("import", importId)
        .param("number", number)
        .param("content", content)
        .update();
  }

  void dropChunks(int ledger, UUID importId) {
    jdbc.sql(DROP_CHUNKS).param("ledger", ledger).param("import", importId).update();
  }

  /// The kept file, read chunk by chunk.
  InputStream chunks(int ledger, UUID importId) {
    return new ChunkStream(number -> chunk(ledger, importId, number));
  }

  private byte @Nullable [] chunk(int ledger, UUID importId, int number) {
    return jdbc.sql(CHUNK)
        .param("ledger", ledger)
        .param("import", importId)
        .param("number", number)
        .query((row, n) -> row.getBytes("content"))
        .optional()
        .orElse(null);
  }

  private ImportRow row(ResultSet row, int number) throws SQLException {
    String problem = row.getString("problem");
    return new ImportRow(
        row.getObject("id", UUID.class),
        row.getString("source"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getLong("size"),
        row.getInt("progress"),
        problem == null ? null : problem(json.readValue(problem, KeptProblem.class)),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        row.getString("received_by"));
  }

  private static Problem problem(KeptProblem kept) {
    return Problem.of(kept.slug, kept.status, kept.detail)
        .with("line", kept.line)
        .with("column", kept.column);
  }
}
