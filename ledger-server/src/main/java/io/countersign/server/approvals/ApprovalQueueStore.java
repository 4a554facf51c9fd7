package io.countersign.server.approvals;

import io.countersign.model.overview.QueueCount;
import io.countersign.server.api.WorkQueue;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The proposals that wait for their decision; one past its time is ended within a minute.
@Component
class ApprovalQueueStore implements WorkQueue {

  private static final String WAITING =
      """
      SELECT count(*) AS waiting, min(proposed_at) AS oldest FROM approvals.approval
      WHERE ledger_id = :ledger AND state = 'pending'
      """;

  private final JdbcClient jdbc;

  ApprovalQueueStore(JdbcClient jdbc) {
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
                  "approvals",
                  row.getLong("waiting"),
                  oldest == null ? null : oldest.toInstant(),
                  List.of());
            })
        .single();
  }
}
