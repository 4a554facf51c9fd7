package io.countersign.server.reconciliation.cases;

import io.countersign.model.Money;
import io.countersign.model.overview.QueueCount;
import io.countersign.server.api.WorkQueue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The exceptions that are not resolved.
@Component
class CaseQueueStore implements WorkQueue {

  // Found by state, so it costs what waits. Money that came and money that left both want a hand,
  // so they do not cancel out.
  private static final String WAITING =
      """
      SELECT currency, count(*) AS waiting, min(opened_at) AS oldest,
             least(sum(abs(amount::numeric)), 9223372036854775807)::bigint AS amount
      FROM reconciliation.exception_case
      WHERE ledger_id = :ledger AND state IN ('open', 'assigned', 'awaiting_approval')
      GROUP BY currency ORDER BY currency
      """;

  private record Waiting(@Nullable Money amount, long count, Instant oldest) {}

  private final JdbcClient jdbc;

  CaseQueueStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public QueueCount count(int ledger) {
    List<Waiting> waiting =
        jdbc.sql(WAITING)
            .param("ledger", ledger)
            .query(
                (row, number) -> {
                  String currency = row.getString("currency");
                  Long amount = row.getObject("amount", Long.class);
                  return new Waiting(
                      currency == null || amount == null ? null : Money.of(amount, currency),
                      row.getLong("waiting"),
                      row.getObject("oldest", OffsetDateTime.class).toInstant());
                })
            .list();
    long count = 0;
    @Nullable Instant oldest = null;
    List<Money> amounts = new ArrayList<>();
    for (Waiting each : waiting) {
      count += each.count();
      oldest = oldest == null || each.oldest().isBefore(oldest) ? each.oldest() : oldest;
      if (each.amount() != null) {
        amounts.add(each.amount());
      }
    }
    return new QueueCount("exceptions", count, oldest, amounts);
  }
}
