package io.countersign.server.outbox.delivery;

import io.countersign.model.id.WebhookEndpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Forgets what has been told long ago.
@Component
class DeliveryPurgeStore {

  private static final String ENDPOINTS = "SELECT ledger_id, id FROM outbox.endpoint ORDER BY 1, 2";

  // The oldest rows of the endpoint, each judged once more where it is deleted: one that was
  // replayed meanwhile stays.
  private static final String DELIVERIES =
      """
      DELETE FROM outbox.delivery d
      USING outbox.endpoint p
      WHERE p.ledger_id = :ledger AND p.id = :endpoint
        AND d.ledger_id = :ledger AND d.endpoint_id = :endpoint
        AND (p.state = 'deleted' OR d.queued_at < :before)
        AND (p.state <> 'enabled' OR d.state <> 'pending')
        AND d.number IN (
          SELECT number FROM outbox.delivery
          WHERE ledger_id = :ledger AND endpoint_id = :endpoint ORDER BY number LIMIT :bite)
      """;
  private static final String DELETED_ENDPOINT =
      """
      DELETE FROM outbox.endpoint p
      WHERE p.ledger_id = :ledger AND p.id = :endpoint AND p.state = 'deleted'
        AND NOT EXISTS (SELECT FROM outbox.delivery d
                        WHERE d.ledger_id = :ledger AND d.endpoint_id = :endpoint)
      """;
  // From each ledger to the next by the index, not through all events.
  private static final String LEDGERS =
      """
      WITH RECURSIVE l AS (
        SELECT min(ledger_id) AS id FROM outbox.event
        UNION ALL
        SELECT (SELECT min(ledger_id) FROM outbox.event WHERE ledger_id > l.id)
        FROM l WHERE l.id IS NOT NULL)
      SELECT id FROM l WHERE id IS NOT NULL
      """;

  // An event goes when nobody is to be told of it any more.
  private static final String EVENTS =
      """
      DELETE FROM outbox.event e
      WHERE e.ledger_id = :ledger AND e.id IN (
        SELECT o.id FROM outbox.event o
        WHERE o.ledger_id = :ledger AND o.occurred_at < :before AND NOT EXISTS (
          SELECT FROM outbox.endpoint p JOIN outbox.delivery d
            ON d.ledger_id = p.ledger_id AND d.endpoint_id = p.id AND d.number = o.number
          WHERE p.ledger_id = :ledger)
        ORDER BY o.occurred_at LIMIT :bite)
      """;

  private final JdbcClient jdbc;

  DeliveryPurgeStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// All endpoints, deleted ones included.
  List<EndpointKey> endpoints() {
    return jdbc.sql(ENDPOINTS).query(DeliveryPurgeStore::key).list();
  }

  /// Deliveries that ended before `before`; all of an endpoint that is deleted, and what waits at a
  /// disabled one for so long.
  int deliveries(EndpointKey endpoint, Instant before, int bite) {
    return jdbc.sql(DELIVERIES)
        .param("ledger", endpoint.ledger())
        .param("endpoint", endpoint.id().uuid())
        .param("before", before.atOffset(ZoneOffset.UTC))
        .param("bite", bite)
        .update();
  }

  void deletedEndpoint(EndpointKey endpoint) {
    jdbc.sql(DELETED_ENDPOINT)
        .param("ledger", endpoint.ledger())
        .param("endpoint", endpoint.id().uuid())
        .update();
  }

  List<Integer> ledgersWithEvents() {
    return jdbc.sql(LEDGERS).query(Integer.class).list();
  }

  int events(int ledger, Instant before, int bite) {
    return jdbc.sql(EVENTS)
        .param("ledger", ledger)
        .param("before", before.atOffset(ZoneOffset.UTC))
        .param("bite", bite)
        .update();
  }

  private static EndpointKey key(ResultSet row, int number) throws SQLException {
    return new EndpointKey(
        row.getInt("ledger_id"), new WebhookEndpointId(row.getObject("id", UUID.class)));
  }
}
