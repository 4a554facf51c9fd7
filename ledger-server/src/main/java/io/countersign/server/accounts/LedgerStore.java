package io.countersign.server.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class LedgerStore {

  private static final String ALL =
      "SELECT ledger_id, code, name, time_zone, created_at FROM accounts.ledger ORDER BY code";
  private static final String BY_CODE =
      """
      SELECT ledger_id, code, name, time_zone, created_at FROM accounts.ledger WHERE code = :code
      """;
  // Two at once may take the same number; the primary key lets one of them through.
  private static final String INSERT =
      """
      INSERT INTO accounts.ledger (ledger_id, code, name, time_zone, created_at)
      SELECT max(ledger_id) + 1, :code, :name, :zone, :at FROM accounts.ledger
      ON CONFLICT DO NOTHING
      """;

  private final JdbcClient jdbc;

  LedgerStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Ledger> all() {
    return jdbc.sql(ALL).query(LedgerStore::ledger).list();
  }

  Optional<Ledger> byCode(String code) {
    return jdbc.sql(BY_CODE).param("code", code).query(LedgerStore::ledger).optional();
  }

  boolean insert(String code, String name, ZoneId zone, Instant at) {
    return jdbc.sql(INSERT)
            .param("code", code)
            .param("name", name)
            .param("zone", zone.getId())
            .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
            .update()
        == 1;
  }

  private static Ledger ledger(ResultSet row, int number) throws SQLException {
    return new Ledger(
        row.getInt("ledger_id"),
        row.getString("code"),
        row.getString("name"),
        ZoneId.of(row.getString("time_zone")),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
