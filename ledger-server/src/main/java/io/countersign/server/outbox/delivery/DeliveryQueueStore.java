package io.countersign.server.outbox.delivery;

import io.countersign.model.overview.QueueCount;
import io.countersign.server.api.WorkQueue;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The deliveries that were given up and that somebody may replay.
@Component
class DeliveryQueueStore implements WorkQueue {

  private static final String WAITING =
      """
      SELECT coalesce(sum(c.waiting), 0) AS waiting, min(c.oldest) AS oldest
      FROM outbox.endpoint p CROSS JOIN LATERAL (
        SELECT count(*) AS waiting, min(d.finished_at) AS oldest FROM outbox.delivery d
        WHERE d.ledger_id = p.ledger_id AND d.endpoint_id = p.id AND d.state = 'dead') c
      WHERE p.ledger_id = :ledger AND p.state <> 'deleted'
      """;

  private final JdbcClient jdbc;

  DeliveryQueueStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public QueueCount count(int ledger) {
    return jdbc.sql(WAITING)
        .param("ledger", ledger)
        .query(
            (row, number) -> {
              OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
              return new QueueCount(
                  "webhooks",
                  row.getLong("waiting"),
                  oldest == null ? null : oldest.toInstant(),
                  List.of());
            })
        .single();
  }
}
