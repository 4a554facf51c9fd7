package io.countersign.server.outbox;

import io.countersign.model.id.EventId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

@Component
class OutboxStore {

  private static final String INSERT =
      """
      INSERT INTO outbox.event (ledger_id, id, type, subject, data, occurred_at)
      VALUES (:ledger, :id, :type, :subject, :data::jsonb, :at)
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  OutboxStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void insert(int ledger, EventId id, String type, String subject, Object data, Instant at) {
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .param("type", type)
        .param("subject", subject)
        .param("data", json.writeValueAsString(data))
        .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
        .update();
  }
}
