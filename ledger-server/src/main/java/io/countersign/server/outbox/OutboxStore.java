package io.countersign.server.outbox;

import io.countersign.model.id.EventId;
import io.countersign.server.database.SqlArrays;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

@Component
class OutboxStore {

  // Events and their places in the queues in one statement, so that nobody has to look later for
  // what is not queued yet. It locks no endpoint: one that is made meanwhile begins with what is
  // published after its commit.
  private static final String INSERT =
      """
      WITH told AS (
        INSERT INTO outbox.event (ledger_id, id, type, subject, data, occurred_at)
        SELECT :ledger, id::uuid, type, subject, data::jsonb, :at
        FROM unnest(:ids::text[], :types::text[], :subjects::text[], :data::text[])
          WITH ORDINALITY AS e (id, type, subject, data, place)
        ORDER BY place
        RETURNING id, number, type, subject)
      INSERT INTO outbox.delivery
        (ledger_id, endpoint_id, number, event_id, subject, state, queued_at, attempts,
         next_attempt_at)
      SELECT :ledger, p.id, t.number, t.id, t.subject, 'pending', :at, 0, :at
      FROM told t JOIN outbox.endpoint p ON p.ledger_id = :ledger AND p.state = 'enabled'
        AND (t.type = ANY (p.events) OR '*' = ANY (p.events)
             OR split_part(t.type, '.', 1) || '.*' = ANY (p.events))
      """;

  private static final String SINCE =
      """
      SELECT number, type, subject FROM outbox.event
      WHERE ledger_id = :ledger AND occurred_at >= :since
      ORDER BY occurred_at DESC LIMIT :limit
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  OutboxStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void insert(int ledger, List<EventId> ids, List<Told> told, Instant at) {
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("ids", SqlArrays.texts(ids, EventId::uuid))
        .param("types", SqlArrays.texts(told, Told::type))
        .param("subjects", SqlArrays.texts(told, Told::subject))
        .param("data", SqlArrays.texts(told, it -> json.writeValueAsString(it.data())))
        .param("at", at.atOffset(ZoneOffset.UTC))
        .update();
  }

  List<Changed> since(int ledger, Instant since, int limit) {
    return jdbc.sql(SINCE)
        .param("ledger", ledger)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .param("limit", limit)
        .query(
            (row, number) ->
                new Changed(row.getLong("number"), row.getString("type"), row.getString("subject")))
        .list();
  }
}
