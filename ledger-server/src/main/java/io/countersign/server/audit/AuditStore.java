package io.countersign.server.audit;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

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

  private final JdbcClient jdbc;

  AuditStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(AuditRow row) {
    jdbc.sql(INSERT)
        .param("ledger", row.ledger())
        .param("id", row.id())
        .param("at", OffsetDateTime.ofInstant(row.at(), ZoneOffset.UTC))
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
}
