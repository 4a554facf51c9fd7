package io.countersign.server.journal;

import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Adds entries up, from an account's newest checkpoint on.
///
/// Checkpoint and entries are read by one statement, so they are of one snapshot: a checkpoint that
/// is seen says of every entry below it that it is seen as well. One whose days somebody has
/// deleted is not used: then the entries alone are added up.
@Component
class BalanceStore {

  /// One set of an account's entries: those of accounting days up to `day`, and sequences up to
  /// `through`.
  record Asked(UUID account, LocalDate day, long through) {}

  private static final String ASKED =
      """
      WITH asked AS (
        SELECT ordinal, account::uuid AS account_id, day::integer AS day, month::integer AS month,
               through::bigint AS through
        FROM unnest(:accounts::text[], :days::text[], :months::text[], :throughs::text[])
          WITH ORDINALITY AS a (account, day, month, through, ordinal)
      )
      """;
  // From one account to the next in the index, whatever the number of entries between; in the same
  // snapshot as the sums, so an account that is opened meanwhile is in on both sides or on neither.
  private static final String ALL_THAT_MOVED =
      """
      WITH RECURSIVE moved (account_id) AS (
        (SELECT account_id FROM journal.entry
         WHERE ledger_id = :ledger ORDER BY account_id LIMIT 1)
        UNION ALL
        SELECT (SELECT e.account_id FROM journal.entry e
                WHERE e.ledger_id = :ledger AND e.account_id > moved.account_id
                ORDER BY e.account_id LIMIT 1)
        FROM moved WHERE moved.account_id IS NOT NULL
      ), asked AS (
        SELECT 1 AS ordinal, account_id, :day::integer AS day, :month::integer AS month,
               :through::bigint AS through
        FROM moved WHERE account_id IS NOT NULL
      )
      """;
  private static final String SUMS =
      """
      SELECT a.ordinal, a.account_id,
             coalesce(before.posted, 0) + coalesce(within.posted, 0) + coalesce(since.posted, 0)
               AS posted,
             coalesce(before.taken, 0) + coalesce(within.taken, 0) + coalesce(since.taken, 0)
               AS taken,
             greatest(before.sequence, within.sequence, since.sequence, 0) AS sequence,
             touched.days_through IS NULL OR daily.through IS NOT NULL AS whole
      FROM asked a
      LEFT JOIN LATERAL (
        SELECT c.through, c.months, c.posted, c.taken, c.sequences, c.days_through
        FROM journal.checkpoint c
        WHERE c.ledger_id = :ledger AND c.account_id = a.account_id AND c.through <= a.through
          AND :checkpoints %s
        ORDER BY c.through DESC LIMIT 1
      ) base ON true
      LEFT JOIN LATERAL (
        SELECT m.posted, m.taken, m.sequence
        FROM unnest(base.months, base.posted, base.taken, base.sequences)
          AS m (month, posted, taken, sequence)
        WHERE m.month < a.month ORDER BY m.month DESC LIMIT 1
      ) before ON true
      LEFT JOIN LATERAL (
        SELECT m.days_through FROM unnest(base.months, base.days_through) AS m (month, days_through)
        WHERE m.month = a.month
      ) touched ON true
      LEFT JOIN LATERAL (
        SELECT d.through, d.days, d.posted, d.taken, d.sequences FROM journal.checkpoint_days d
        WHERE d.ledger_id = :ledger AND d.account_id = a.account_id AND d.month = a.month
          AND d.through = touched.days_through
        LIMIT 1
      ) daily ON true
      LEFT JOIN LATERAL (
        SELECT d.posted, d.taken, d.sequence
        FROM unnest(daily.days, daily.posted, daily.taken, daily.sequences)
          AS d (day, posted, taken, sequence)
        WHERE d.day <= a.day ORDER BY d.day DESC LIMIT 1
      ) within ON true
      CROSS JOIN LATERAL (
        SELECT sum(e.amount) FILTER (WHERE e.layer = 0) AS posted,
               sum(e.amount) FILTER (WHERE e.layer = 1) AS taken,
               max(e.sequence) AS sequence
        FROM journal.entry e %s
        WHERE e.ledger_id = :ledger AND e.account_id = a.account_id
          AND e.sequence > coalesce(base.through, 0) AND e.sequence <= a.through
          AND e.effective_on <= DATE '1970-01-01' + a.day %s
      ) since
      """;
  private static final String SUMS_NOW = SUMS.formatted("", "", "");
  private static final String SUMS_KNOWN_AT =
      SUMS.formatted(
          "AND c.recorded_through <= :knownAt",
          "JOIN journal.transaction t ON t.ledger_id = e.ledger_id AND t.sequence = e.sequence",
          "AND t.recorded_at <= :knownAt");

  private final JdbcClient jdbc;

  BalanceStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Sums sums(int ledger, UUID account, LocalDate day, AsOf asOf) {
    return sums(ledger, List.of(new Asked(account, day, asOf.through())), asOf).getFirst();
  }

  /// The sums of each set, in their order, all of one snapshot.
  List<Sums> sums(int ledger, List<Asked> asked, AsOf asOf) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("accounts", SqlArrays.texts(asked, Asked::account));
    parameters.put("days", SqlArrays.texts(asked, it -> it.day().toEpochDay()));
    parameters.put("months", SqlArrays.texts(asked, it -> Checkpoint.month(it.day())));
    parameters.put("throughs", SqlArrays.texts(asked, Asked::through));
    return read(ledger, ASKED, parameters, asOf).stream()
        .sorted(java.util.Comparator.comparingInt(Row::ordinal))
        .map(Row::sums)
        .toList();
  }

  /// The sums of every account that has any entry in the asked set, all of one snapshot.
  Map<UUID, Sums> sumsOfAll(int ledger, LocalDate day, AsOf asOf) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("day", day.toEpochDay());
    parameters.put("month", Checkpoint.month(day));
    parameters.put("through", asOf.through());
    Map<UUID, Sums> sums = new HashMap<>();
    for (Row row : read(ledger, ALL_THAT_MOVED, parameters, asOf)) {
      if (row.sums().sequence() > 0) {
        sums.put(row.account(), row.sums());
      }
    }
    return sums;
  }

  private record Row(int ordinal, UUID account, Sums sums, boolean whole) {}

  private List<Row> read(int ledger, String asked, Map<String, Object> parameters, AsOf asOf) {
    return read(ledger, asked, parameters, asOf, true)
        .orElseGet(() -> read(ledger, asked, parameters, asOf, false).orElseThrow());
  }

  private Optional<List<Row>> read(
      int ledger, String asked, Map<String, Object> parameters, AsOf asOf, boolean checkpoints) {
    JdbcClient.StatementSpec statement =
        jdbc.sql(asked + (asOf.knownAt() == null ? SUMS_NOW : SUMS_KNOWN_AT))
            .param("ledger", ledger)
            .param("checkpoints", checkpoints)
            .params(parameters);
    if (asOf.knownAt() != null) {
      statement =
          statement.param("knownAt", OffsetDateTime.ofInstant(asOf.knownAt(), ZoneOffset.UTC));
    }
    List<Row> rows = statement.query(BalanceStore::row).list();
    return rows.stream().allMatch(Row::whole) ? Optional.of(rows) : Optional.empty();
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(
        row.getInt("ordinal"),
        row.getObject("account_id", UUID.class),
        new Sums(
            row.getBigDecimal("posted").toBigIntegerExact(),
            row.getBigDecimal("taken").toBigIntegerExact(),
            row.getLong("sequence")),
        row.getBoolean("whole"));
  }
}
