package io.countersign.server.payments;

import io.countersign.model.WireName;
import io.countersign.model.overview.PaymentsOfDay;
import io.countersign.model.payments.PaymentState;
import io.countersign.server.database.SqlArrays;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class PaymentDayStore {

  /// The payments whose id is not before `first` and before `next` were made on `day`.
  record Day(LocalDate day, UUID first, UUID next) {}

  // Ids begin with the time, so a day is a range of the index by state, and the index alone
  // answers.
  private static final String COUNTS =
      """
      SELECT d.day, s.state, c.payments
      FROM unnest(:days::date[], :firsts::uuid[], :nexts::uuid[]) AS d (day, first, next)
      CROSS JOIN unnest(:states::text[]) AS s (state)
      CROSS JOIN LATERAL (
        SELECT count(*) AS payments FROM payments.payment p
        WHERE p.ledger_id = :ledger AND p.state = s.state AND p.id >= d.first AND p.id < d.next) c
      WHERE c.payments > 0
      ORDER BY d.day, s.state
      """;

  private final JdbcClient jdbc;

  PaymentDayStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<PaymentsOfDay> counts(int ledger, List<Day> days) {
    return jdbc.sql(COUNTS)
        .param("ledger", ledger)
        .param("days", SqlArrays.texts(days, Day::day))
        .param("firsts", SqlArrays.texts(days, Day::first))
        .param("nexts", SqlArrays.texts(days, Day::next))
        .param("states", SqlArrays.texts(List.of(PaymentState.values()), PaymentState::wire))
        .query(
            (row, number) ->
                new PaymentsOfDay(
                    row.getObject("day", LocalDate.class),
                    WireName.parse(PaymentState.class, row.getString("state")),
                    row.getLong("payments")))
        .list();
  }
}
