package io.countersign.server.reconciliation;

import io.countersign.model.Money;
import io.countersign.model.overview.Coverage;
import io.countersign.model.overview.Drift;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class CoverageStore {

  /// What is known of one account of a source.
  record Account(Coverage coverage, Drift drift) {}

  // By the indexes of what is unexplained, so it costs that and not what was ever matched. A sum
  // that no Money can hold is shown as the most it can.
  private static final String ACCOUNTS =
      """
      SELECT a.source, a.ledger_account, a.currency, s.through,
             l.lines, e.transactions,
             least(l.absolute + e.absolute, 9223372036854775807)::bigint AS unreconciled,
             greatest(least(l.signed - e.signed, 9223372036854775807),
                      -9223372036854775807)::bigint AS drift
      FROM reconciliation.source_account a
      CROSS JOIN LATERAL (
        SELECT count(*) AS lines, coalesce(sum(abs(l.amount::numeric)), 0) AS absolute,
               coalesce(sum(l.amount), 0) AS signed
        FROM reconciliation.line l
        WHERE l.ledger_id = a.ledger_id AND l.source_account = a.id AND l.counted
          AND l.state <> 'matched') l
      CROSS JOIN LATERAL (
        SELECT count(*) AS transactions, coalesce(sum(abs(e.amount::numeric)), 0) AS absolute,
               coalesce(sum(e.amount), 0) AS signed
        FROM reconciliation.entry e
        WHERE e.ledger_id = a.ledger_id AND e.source_account = a.id AND e.state <> 'matched') e
      CROSS JOIN LATERAL (
        SELECT max(coalesce(t.closing_on, t.covered_through, t.received_at::date)) AS through
        FROM reconciliation.statement t
        WHERE t.ledger_id = a.ledger_id AND t.source_account = a.id AND t.state = 'accepted') s
      WHERE a.ledger_id = :ledger
      ORDER BY a.source, a.position
      """;

  private final JdbcClient jdbc;

  CoverageStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Account> accounts(int ledger) {
    return jdbc.sql(ACCOUNTS).param("ledger", ledger).query(CoverageStore::account).list();
  }

  private static Account account(ResultSet row, int number) throws SQLException {
    String source = row.getString("source");
    String account = row.getString("ledger_account");
    String currency = row.getString("currency");
    return new Account(
        new Coverage(
            source,
            account,
            row.getObject("through", LocalDate.class),
            row.getLong("lines"),
            row.getLong("transactions"),
            Money.of(row.getLong("unreconciled"), currency)),
        new Drift(source, account, Money.of(row.getLong("drift"), currency)));
  }
}
