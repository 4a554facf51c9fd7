package io.countersign.server.reconciliation;

import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The states of lines and entries, apart from their being matched.
@Component
class ItemStore {

  private static final String MARK_LINES =
      """
      UPDATE reconciliation.line SET state = :state
      WHERE ledger_id = :ledger AND id = ANY(:ids::uuid[]) AND counted
        AND state NOT IN ('matched', :state)
      """;
  private static final String MARK_ENTRIES =
      """
      UPDATE reconciliation.entry e SET state = :state
      FROM unnest(:accounts::uuid[], :ids::uuid[]) AS i (account, id)
      WHERE e.ledger_id = :ledger AND e.source_account = i.account AND e.transaction_id = i.id
        AND e.state NOT IN ('matched', :state)
      """;
  private static final String DISMISS_LINES =
      """
      UPDATE reconciliation.line SET dismissed = :dismissed
      WHERE ledger_id = :ledger AND id = ANY(:ids::uuid[])
      """;
  private static final String DISMISS_ENTRIES =
      """
      UPDATE reconciliation.entry SET dismissed = :dismissed
      WHERE ledger_id = :ledger AND source_account = :account AND transaction_id = ANY(:ids::uuid[])
      """;
  private static final String LINES =
      """
      SELECT l.id, l.source_account, l.amount, l.state,
             coalesce(l.booked_on, l.value_date, s.closing_on, s.received_at::date) AS day, l.refs
      FROM reconciliation.line l
      JOIN reconciliation.source_account a ON a.ledger_id = l.ledger_id AND a.id = l.source_account
      JOIN reconciliation.statement s ON s.ledger_id = l.ledger_id AND s.id = l.statement_id
      WHERE l.ledger_id = :ledger AND a.source = :source AND l.counted AND l.id = ANY(:ids::uuid[])
      ORDER BY l.id FOR NO KEY UPDATE OF l
      """;
  private static final String ENTRIES =
      """
      SELECT e.transaction_id AS id, e.source_account, e.amount, e.state, e.effective_on AS day, e.refs
      FROM reconciliation.entry e
      JOIN reconciliation.source_account a ON a.ledger_id = e.ledger_id AND a.id = e.source_account
      WHERE e.ledger_id = :ledger AND a.source = :source AND e.transaction_id = ANY(:ids::uuid[])
      ORDER BY e.transaction_id, e.source_account FOR NO KEY UPDATE OF e
      """;

  /// A line or an entry, as matching by hand sees it.
  record Item(
      UUID id,
      UUID account,
      long minorUnits,
      String state,
      LocalDate day,
      List<String> references) {

    boolean matched() {
      return state.equals("matched");
    }
  }

  /// An entry of one account of a source.
  record EntryKey(UUID account, UUID transaction) {}

  private final JdbcClient jdbc;

  ItemStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void markLines(int ledger, Collection<UUID> lines, String state) {
    jdbc.sql(MARK_LINES)
        .param("ledger", ledger)
        .param("ids", SqlArrays.texts(lines))
        .param("state", state)
        .update();
  }

  void markEntries(int ledger, Collection<EntryKey> entries, String state) {
    jdbc.sql(MARK_ENTRIES)
        .param("ledger", ledger)
        .param("accounts", SqlArrays.texts(entries, EntryKey::account))
        .param("ids", SqlArrays.texts(entries, EntryKey::transaction))
        .param("state", state)
        .update();
  }

  void dismissLines(int ledger, Collection<UUID> lines, boolean dismissed) {
    jdbc.sql(DISMISS_LINES)
        .param("ledger", ledger)
        .param("ids", SqlArrays.texts(lines))
        .param("dismissed", dismissed)
        .update();
  }

  void dismissEntries(int ledger, UUID account, Collection<UUID> transactions, boolean dismissed) {
    jdbc.sql(DISMISS_ENTRIES)
        .param("ledger", ledger)
        .param("account", account)
        .param("ids", SqlArrays.texts(transactions))
        .param("dismissed", dismissed)
        .update();
  }

  /// Those of the source among `ids`, locked.
  List<Item> lockLines(int ledger, String source, Collection<UUID> ids) {
    return lock(LINES, ledger, source, ids);
  }

  List<Item> lockEntries(int ledger, String source, Collection<UUID> ids) {
    return lock(ENTRIES, ledger, source, ids);
  }

  private List<Item> lock(String sql, int ledger, String source, Collection<UUID> ids) {
    return jdbc.sql(sql)
        .param("ledger", ledger)
        .param("source", source)
        .param("ids", SqlArrays.texts(ids))
        .query(ItemStore::item)
        .list();
  }

  private static Item item(ResultSet row, int number) throws SQLException {
    return new Item(
        row.getObject("id", UUID.class),
        row.getObject("source_account", UUID.class),
        row.getLong("amount"),
        row.getString("state"),
        row.getObject("day", LocalDate.class),
        List.of((String[]) row.getArray("refs").getArray()));
  }
}
