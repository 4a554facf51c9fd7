package io.countersign.server.payments;

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

/// The payments whose outcome is unknown.
@Component
class PaymentQueueStore implements WorkQueue {

  // Found by state, so it costs what waits. A sum that no Money can hold is shown as the most it
  // can.
  private static final String WAITING =
      """
      SELECT currency, count(*) AS waiting, min(created_at) AS oldest,
             least(sum(amount), 9223372036854775807)::bigint AS amount
      FROM payments.payment
      WHERE ledger_id = :ledger AND state = 'pending_confirmation'
      GROUP BY currency ORDER BY currency
      """;

  private record Waiting(Money amount, long count, Instant oldest) {}

  private final JdbcClient jdbc;

  PaymentQueueStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public QueueCount count(int ledger) {
    List<Waiting> waiting =
        jdbc.sql(WAITING)
            .param("ledger", ledger)
            .query(
                (row, number) ->
                    new Waiting(
                        Money.of(row.getLong("amount"), row.getString("currency")),
                        row.getLong("waiting"),
                        row.getObject("oldest", OffsetDateTime.class).toInstant()))
            .list();
    long count = 0;
    @Nullable Instant oldest = null;
    List<Money> amounts = new ArrayList<>();
    for (Waiting each : waiting) {
      count += each.count();
      oldest = oldest == null || each.oldest().isBefore(oldest) ? each.oldest() : oldest;
      amounts.add(each.amount());
    }
    return new QueueCount("payments", count, oldest, amounts);
  }
}
