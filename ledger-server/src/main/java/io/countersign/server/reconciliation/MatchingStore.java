package io.countersign.server.reconciliation;

import io.countersign.model.CurrencyCode;
import io.countersign.server.database.SqlArrays;
import io.countersign.server.reconciliation.matching.EntryItem;
import io.countersign.server.reconciliation.matching.LineItem;
import io.countersign.server.reconciliation.matching.MatchingInput.Pair;
import io.countersign.server.reconciliation.matching.MatchingInput.Settled;
import io.countersign.server.reconciliation.matching.ReferenceKeys;
import io.countersign.server.reconciliation.matching.SettlementWindow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads what is unexplained on either side of a source.
@Component
class MatchingStore {

  private static final int KEYS_AT_ONCE = 5_000;

  private static final String LINES =
      """
      SELECT * FROM (
        SELECT l.id, l.source_account, l.amount, l.currency, l.refs, l.text, l.dismissed, l.number,
               l.statement_id,
               coalesce(l.booked_on, l.value_date, s.closing_on, s.received_at::date) AS day
        FROM reconciliation.line l
        JOIN reconciliation.source_account a ON a.ledger_id = l.ledger_id AND a.id = l.source_account
        JOIN reconciliation.statement s ON s.ledger_id = l.ledger_id AND s.id = l.statement_id
        WHERE l.ledger_id = :ledger AND a.source = :source AND l.counted AND l.state <> 'matched') l
      WHERE :through::date IS NULL OR day <= :through::date
      ORDER BY day, statement_id, number
      """;
  // Two sources may look at one account of the books; what one has claimed is explained.
  private static final String ENTRIES =
      """
      SELECT e.transaction_id, e.source_account, e.sequence, e.amount, e.currency, e.refs,
             e.description, e.effective_on, e.recorded_at, e.reverses, e.dismissed
      FROM reconciliation.entry e
      JOIN reconciliation.source_account a ON a.ledger_id = e.ledger_id AND a.id = e.source_account
      WHERE e.ledger_id = :ledger AND a.source = :source AND e.state <> 'matched'
        AND (:through::date IS NULL OR e.effective_on <= :through::date)
        AND NOT EXISTS (
          SELECT FROM reconciliation.transaction_claim t
          WHERE t.ledger_id = :ledger AND t.books_account = a.books_account
            AND t.transaction_id = e.transaction_id)
      ORDER BY e.sequence, a.position
      """;
  private static final String SEPARATED =
      """
      SELECT l.item AS line, t.item AS transaction FROM reconciliation.match m
      JOIN reconciliation.match_item l
        ON l.ledger_id = m.ledger_id AND l.match_id = m.id AND l.kind = 'line'
      JOIN reconciliation.match_item t
        ON t.ledger_id = m.ledger_id AND t.match_id = m.id AND t.kind = 'transaction'
      WHERE m.ledger_id = :ledger AND m.source = :source AND m.undone_at IS NOT NULL
      """;
  private static final String SETTLED =
      """
      SELECT s.source_account, s.key, s.amount, s.booked_on FROM reconciliation.settled s
      JOIN reconciliation.source_account a ON a.ledger_id = s.ledger_id AND a.id = s.source_account
      WHERE s.ledger_id = :ledger AND a.source = :source AND s.key = ANY(:keys)
      """;

  private final JdbcClient jdbc;

  MatchingStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// In the order of days, then of statements.
  List<LineItem> lines(int ledger, String source, @Nullable LocalDate through) {
    return jdbc.sql(LINES)
        .param("ledger", ledger)
        .param("source", source)
        .param("through", through)
        .query(MatchingStore::line)
        .list();
  }

  /// In the order of recording.
  ///
  /// @param reach by account of the source, the last day its statements cover: what the books have
  ///   for later days is awaited, however late it is by the clock. An account without statements
  ///   goes by the clock alone
  List<EntryItem> entries(
      int ledger,
      SourceRow source,
      @Nullable LocalDate through,
      Map<UUID, LocalDate> reach,
      Instant now) {
    SettlementWindow window = source.window();
    return jdbc.sql(ENTRIES)
        .param("ledger", ledger)
        .param("source", source.code())
        .param("through", through)
        .query((row, number) -> entry(row, window, reach, now))
        .list();
  }

  Set<Pair> separated(int ledger, String source) {
    return new HashSet<>(
        jdbc.sql(SEPARATED)
            .param("ledger", ledger)
            .param("source", source)
            .query(
                (row, number) ->
                    new Pair(
                        row.getObject("line", UUID.class),
                        row.getObject("transaction", UUID.class)))
            .list());
  }

  List<Settled> settled(int ledger, String source, Collection<String> keys) {
    List<String> all = List.copyOf(keys);
    List<Settled> settled = new ArrayList<>();
    for (int from = 0; from < all.size(); from += KEYS_AT_ONCE) {
      List<String> bite = all.subList(from, Math.min(all.size(), from + KEYS_AT_ONCE));
      settled.addAll(
          jdbc.sql(SETTLED)
              .params(Map.of("ledger", ledger, "source", source))
              .param("keys", SqlArrays.texts(bite))
              .query(
                  (row, number) ->
                      new Settled(
                          row.getObject("source_account", UUID.class),
                          row.getString("key"),
                          row.getLong("amount"),
                          row.getObject("booked_on", LocalDate.class)))
              .list());
    }
    return settled;
  }

  private static LineItem line(ResultSet row, int number) throws SQLException {
    List<String> references = List.of((String[]) row.getArray("refs").getArray());
    return new LineItem(
        row.getObject("id", UUID.class),
        row.getObject("source_account", UUID.class),
        row.getObject("day", LocalDate.class),
        row.getLong("amount"),
        CurrencyCode.of(row.getString("currency")),
        ReferenceKeys.of(references),
        row.getString("text") + " " + String.join(" ", references),
        row.getBoolean("dismissed"));
  }

  private static EntryItem entry(
      ResultSet row, SettlementWindow window, Map<UUID, LocalDate> reach, Instant now)
      throws SQLException {
    UUID account = row.getObject("source_account", UUID.class);
    LocalDate day = row.getObject("effective_on", LocalDate.class);
    LocalDate reached = reach.get(account);
    boolean covered = reached == null || !day.isAfter(reached);
    Instant recordedAt = row.getObject("recorded_at", OffsetDateTime.class).toInstant();
    List<String> references = List.of((String[]) row.getArray("refs").getArray());
    return new EntryItem(
        row.getObject("transaction_id", UUID.class),
        account,
        row.getLong("sequence"),
        day,
        row.getLong("amount"),
        CurrencyCode.of(row.getString("currency")),
        ReferenceKeys.of(references),
        row.getObject("reverses", UUID.class),
        covered && window.isOver(day, recordedAt, now),
        row.getString("description") + " " + String.join(" ", references),
        row.getBoolean("dismissed"));
  }
}
