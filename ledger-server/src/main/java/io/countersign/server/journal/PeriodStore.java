package io.countersign.server.journal;

import io.countersign.model.journal.Period;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class PeriodStore {

  private static final String NOW =
      """
      SELECT closed_from, closed_through FROM journal.period_change
      WHERE ledger_id = :ledger ORDER BY number DESC LIMIT 1
      """;
  private static final String INSERT =
      """
      INSERT INTO journal.period_change
        (ledger_id, number, period, state, closed_from, closed_through, changed_at, changed_by)
      SELECT :ledger, coalesce(max(number), 0) + 1, :period, :state, :from::date, :through::date,
             clock_timestamp(), :by
      FROM journal.period_change WHERE ledger_id = :ledger
      """;
  // From account to account, from its newest checkpoint on: no scan of the books.
  private static final String FIRST_MONTH =
      """
      WITH RECURSIVE moved (account_id) AS (
        (SELECT account_id FROM journal.entry
         WHERE ledger_id = :ledger ORDER BY account_id LIMIT 1)
        UNION ALL
        SELECT (SELECT e.account_id FROM journal.entry e
                WHERE e.ledger_id = :ledger AND e.account_id > moved.account_id
                ORDER BY e.account_id LIMIT 1)
        FROM moved WHERE moved.account_id IS NOT NULL
      )
      SELECT least(
               min(base.first_month),
               min(extract(year FROM since.day) * 12 + extract(month FROM since.day) - 1)
             )::integer AS month
      FROM moved
      LEFT JOIN LATERAL (
        SELECT c.through, c.months[1] AS first_month FROM journal.checkpoint c
        WHERE c.ledger_id = :ledger AND c.account_id = moved.account_id
        ORDER BY c.through DESC LIMIT 1
      ) base ON true
      CROSS JOIN LATERAL (
        SELECT min(e.effective_on) AS day FROM journal.entry e
        WHERE e.ledger_id = :ledger AND e.account_id = moved.account_id
          AND e.sequence > coalesce(base.through, 0)
      ) since
      WHERE moved.account_id IS NOT NULL
      """;

  private final JdbcClient jdbc;

  PeriodStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  ClosedPeriods closed(int ledger) {
    return jdbc.sql(NOW)
        .param("ledger", ledger)
        .query((row, number) -> closed(row))
        .optional()
        .orElse(ClosedPeriods.NONE);
  }

  /// From `closed_from` and `closed_through` of a row, both of which are null when none is closed.
  static ClosedPeriods closed(ResultSet row) throws SQLException {
    return new ClosedPeriods(month(row, "closed_from"), month(row, "closed_through"));
  }

  /// Adds a change, for a caller who is alone at the gate.
  ///
  /// @param closed what is closed from now on
  void insert(int ledger, YearMonth period, Period changed, ClosedPeriods closed, String by) {
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("period", period.atDay(1))
        .param("state", changed.state().wire())
        .param("from", firstDay(closed.from()))
        .param("through", firstDay(closed.through()))
        .param("by", by)
        .update();
  }

  /// The month of the first accounting day with an entry.
  Optional<YearMonth> firstMoved(int ledger) {
    return jdbc.sql(FIRST_MONTH)
        .param("ledger", ledger)
        .query((row, number) -> Optional.ofNullable(row.getObject("month", Integer.class)))
        .single()
        .map(month -> YearMonth.of(0, 1).plusMonths(month));
  }

  private static @Nullable LocalDate firstDay(@Nullable YearMonth month) {
    return month == null ? null : month.atDay(1);
  }

  private static @Nullable YearMonth month(ResultSet row, String column) throws SQLException {
    LocalDate day = row.getObject(column, LocalDate.class);
    return day == null ? null : YearMonth.from(day);
  }
}
