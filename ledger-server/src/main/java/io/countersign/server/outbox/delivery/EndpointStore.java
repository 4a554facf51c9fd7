package io.countersign.server.outbox.delivery;

import io.countersign.model.WireName;
import io.countersign.model.id.WebhookEndpointId;
import io.countersign.model.webhooks.WebhookEndpointState;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class EndpointStore {

  private static final String INSERT =
      """
      INSERT INTO outbox.endpoint
        (ledger_id, id, ledger_code, url, events, state, secret, created_at, created_by)
      VALUES (:ledger, :id, :code, :url, :events, 'enabled', :secret, :at, :by)
      """;
  private static final String COLUMNS =
      """
      SELECT ledger_id, id, ledger_code, url, events, state, disabled_reason, secret,
             previous_secret, previous_until, created_at, created_by
      FROM outbox.endpoint
      WHERE ledger_id = :ledger AND state <> 'deleted'
      """;
  private static final String BY_ID = COLUMNS + " AND id = :id";
  private static final String LOCKED = BY_ID + " FOR NO KEY UPDATE";
  private static final String PAGE = COLUMNS + " AND id > :after ORDER BY id LIMIT :limit";
  private static final String ALL_LOCKED =
      """
      SELECT ledger_id, id, ledger_code, url, events, state, disabled_reason, secret,
             previous_secret, previous_until, created_at, created_by
      FROM outbox.endpoint WHERE state <> 'deleted' ORDER BY ledger_id, id FOR NO KEY UPDATE
      """;
  private static final String COUNT =
      "SELECT count(*) FROM outbox.endpoint WHERE ledger_id = :ledger AND state <> 'deleted'";
  private static final String ROTATE =
      """
      UPDATE outbox.endpoint
      SET secret = :secret, previous_secret = :previous, previous_until = :until
      WHERE ledger_id = :ledger AND id = :id AND state <> 'deleted'
      """;
  private static final String MOVE =
      """
      UPDATE outbox.endpoint SET state = :to, disabled_reason = :reason
      WHERE ledger_id = :ledger AND id = :id AND state = :from
      """;
  // What signed is forgotten at once; the row goes when its deliveries are gone.
  private static final String DELETE =
      """
      UPDATE outbox.endpoint SET state = 'deleted', secret = '', previous_secret = NULL
      WHERE ledger_id = :ledger AND id = :id AND state <> 'deleted'
      """;
  // One look-up by key for each endpoint, however much waits there.
  private static final String WITH_WORK =
      """
      SELECT p.ledger_id, p.id
      FROM outbox.endpoint p CROSS JOIN LATERAL (
        SELECT d.number FROM outbox.delivery d
        WHERE d.ledger_id = p.ledger_id AND d.endpoint_id = p.id AND d.state = 'pending'
          AND d.next_attempt_at <= :now LIMIT 1) due
      WHERE p.state = 'enabled'
      """;

  private final JdbcClient jdbc;

  EndpointStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(EndpointRow endpoint) {
    jdbc.sql(INSERT)
        .param("ledger", endpoint.ledger())
        .param("id", endpoint.id().uuid())
        .param("code", endpoint.ledgerCode())
        .param("url", endpoint.url())
        .param("events", endpoint.events().toArray(new String[0]))
        .param("secret", endpoint.secret())
        .param("at", at(endpoint.createdAt()))
        .param("by", endpoint.createdBy())
        .update();
  }

  Optional<EndpointRow> find(int ledger, WebhookEndpointId id) {
    return one(BY_ID, ledger, id);
  }

  /// Locks it until the caller's transaction ends.
  Optional<EndpointRow> lock(int ledger, WebhookEndpointId id) {
    return one(LOCKED, ledger, id);
  }

  /// Those of all ledgers, locked until the caller's transaction ends.
  List<EndpointRow> lockAll() {
    return jdbc.sql(ALL_LOCKED).query(EndpointStore::endpoint).list();
  }

  private Optional<EndpointRow> one(String sql, int ledger, WebhookEndpointId id) {
    return jdbc.sql(sql)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(EndpointStore::endpoint)
        .optional();
  }

  List<EndpointRow> page(int ledger, UUID after, int limit) {
    return jdbc.sql(PAGE)
        .param("ledger", ledger)
        .param("after", after)
        .param("limit", limit)
        .query(EndpointStore::endpoint)
        .list();
  }

  long count(int ledger) {
    return jdbc.sql(COUNT).param("ledger", ledger).query(Long.class).single();
  }

  boolean rotate(EndpointRow endpoint) {
    return jdbc.sql(ROTATE)
            .param("ledger", endpoint.ledger())
            .param("id", endpoint.id().uuid())
            .param("secret", endpoint.secret())
            .param("previous", endpoint.previousSecret())
            .param("until", at(endpoint.previousUntil()))
            .update()
        == 1;
  }

  /// @return false when it is not in state `from`
  boolean move(
      EndpointKey key,
      WebhookEndpointState from,
      WebhookEndpointState to,
      @Nullable String reason) {
    return jdbc.sql(MOVE)
            .param("ledger", key.ledger())
            .param("id", key.id().uuid())
            .param("from", from.wire())
            .param("to", to.wire())
            .param("reason", reason)
            .update()
        == 1;
  }

  boolean delete(int ledger, WebhookEndpointId id) {
    return jdbc.sql(DELETE).param("ledger", ledger).param("id", id.uuid()).update() == 1;
  }

  /// The enabled endpoints, of all ledgers, that something may be sent to now.
  List<EndpointKey> withWork(Instant now) {
    return jdbc.sql(WITH_WORK).param("now", at(now)).query(EndpointStore::key).list();
  }

  private static EndpointKey key(ResultSet row, int number) throws SQLException {
    return new EndpointKey(
        row.getInt("ledger_id"), new WebhookEndpointId(row.getObject("id", UUID.class)));
  }

  private static EndpointRow endpoint(ResultSet row, int number) throws SQLException {
    Array events = row.getArray("events");
    OffsetDateTime until = row.getObject("previous_until", OffsetDateTime.class);
    return new EndpointRow(
        row.getInt("ledger_id"),
        new WebhookEndpointId(row.getObject("id", UUID.class)),
        row.getString("ledger_code"),
        row.getString("url"),
        List.of((String[]) events.getArray()),
        WireName.parse(WebhookEndpointState.class, row.getString("state")),
        row.getString("disabled_reason"),
        row.getString("secret"),
        row.getString("previous_secret"),
        until == null ? null : until.toInstant(),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getString("created_by"));
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
