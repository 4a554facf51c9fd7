package io.countersign.server.audit;

import io.countersign.model.Relation;
import io.countersign.model.audit.ActorKind;
import io.countersign.model.audit.AuditRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

@Component
class AuditStore {

  // In one statement with the record, so that none escapes the seals.
  private static final String INSERT =
      """
      WITH written AS (
        INSERT INTO audit.record (ledger_id, id, at, actor_id, actor, actor_kind, credential, address,
            action, object_type, object_id, before_state, after_state, correlation_id)
        VALUES (:ledger, :id, :at, :actorId, :actor, :actorKind, :credential, :address,
            :action, :objectType, :objectId, :before, :after, :correlationId)
        RETURNING ledger_id, id
      )
      INSERT INTO audit.sealing (ledger_id, id) SELECT ledger_id, id FROM written
      """;

  private static final String COLUMNS =
      """
      SELECT id, at, actor, actor_kind, action, object_type, object_id, address, correlation_id,
             before_state, after_state
      FROM audit.record
      WHERE ledger_id =
      """;

  /// The last record of a page.
  record Place(Instant at, UUID id) {}

  private final JdbcClient jdbc;
  private final JsonMapper json;

  AuditStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void insert(AuditRow row) {
    jdbc.sql(INSERT)
        .param("ledger", row.ledger())
        .param("id", row.id())
        .param("at", utc(row.at()))
        .param("actorId", row.caller().id())
        .param("actor", row.caller().name())
        .param("actorKind", row.caller().kind().name())
        .param("credential", row.caller().credential())
        .param("address", row.address())
        .param("action", row.change().action())
        .param("objectType", row.change().objectType())
        .param("objectId", row.change().objectId())
        .param("before", row.before())
        .param("after", row.after())
        .param("correlationId", row.correlationId())
        .update();
  }

  /// The newest first, of the ledger and of what belongs to no ledger.
  List<AuditRecord> page(int ledger, AuditFilter filter, @Nullable Place after, int rows) {
    Map<String, Object> parameters = new HashMap<>();
    String newest =
        conditions(filter, after, parameters) + " ORDER BY at DESC, id DESC LIMIT :rows";
    // Each side is read in the order of its own index, whatever the length of the other.
    return jdbc.sql(
            "SELECT * FROM (("
                + COLUMNS
                + ":ledger"
                + newest
                + ") UNION ALL ("
                + COLUMNS
                + "0"
                + newest
                + ")) AS both_sides ORDER BY at DESC, id DESC LIMIT :rows")
        .param("ledger", ledger)
        .param("rows", rows)
        .params(parameters)
        .query(this::record)
        .list();
  }

  private static String conditions(
      AuditFilter filter, @Nullable Place after, Map<String, Object> parameters) {
    StringBuilder sql = new StringBuilder();
    if (filter.actor() != null) {
      sql.append(" AND actor = :actor");
      parameters.put("actor", filter.actor());
    }
    if (filter.from() != null) {
      sql.append(" AND at >= :from");
      parameters.put("from", utc(filter.from()));
    }
    if (filter.before() != null) {
      sql.append(" AND at < :before");
      parameters.put("before", utc(filter.before()));
    }
    if (filter.object() != null) {
      sql.append(" AND object_id = :object");
      parameters.put("object", filter.object());
    }
    if (after != null) {
      sql.append(" AND (at, id) < (:afterAt, :afterId)");
      parameters.put("afterAt", utc(after.at()));
      parameters.put("afterId", after.id());
    }
    return sql.toString();
  }

  private AuditRecord record(ResultSet row, int number) throws SQLException {
    return new AuditRecord(
        row.getObject("id", UUID.class),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        ActorKind.valueOf(row.getString("actor_kind")),
        row.getString("action"),
        new Relation(row.getString("object_type"), row.getString("object_id")),
        row.getString("address"),
        row.getString("correlation_id"),
        state(row.getString("before_state")),
        state(row.getString("after_state")));
  }

  private @Nullable Object state(@Nullable String written) {
    return written == null ? null : json.readValue(written, Object.class);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
