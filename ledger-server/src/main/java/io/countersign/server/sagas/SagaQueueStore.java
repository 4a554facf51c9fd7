package io.countersign.server.sagas;

import io.countersign.model.overview.QueueCount;
import io.countersign.server.api.WorkQueue;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The sagas that only a person can carry on.
@Component
class SagaQueueStore implements WorkQueue {

  private static final String WAITING =
      """
      SELECT count(*) AS waiting, min(updated_at) AS oldest FROM sagas.saga
      WHERE ledger_id = :ledger AND state = 'stuck'
      """;

  private final JdbcClient jdbc;

  SagaQueueStore(JdbcClient jdbc) {
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
                  "sagas",
                  row.getLong("waiting"),
                  oldest == null ? null : oldest.toInstant(),
                  List.of());
            })
        .single();
  }
}
