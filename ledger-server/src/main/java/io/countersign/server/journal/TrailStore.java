package io.countersign.server.journal;

import io.countersign.seal.JsonText;
import io.countersign.seal.SealedEntry;
import io.countersign.seal.SealedTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads the books as they are stored, in order and in pages, whoever may have changed them.
@Component
class TrailStore {

  /// An entry and the transaction it says it belongs to.
  record EntryRow(long sequence, SealedEntry entry) {}

  private static final String HEADS =
      """
      SELECT sequence, id, kind, description, reference, effective_on, recorded_at, recorded_by,
             reverses, relates_type, relates_id, proposed_by, decided_by, metadata::text
      FROM journal.transaction
      WHERE ledger_id = :ledger AND sequence > :after AND sequence <= :through
      ORDER BY sequence LIMIT :rows
      """;
  // Without the chart's row an entry must still be seen.
  private static final String ENTRIES =
      """
      SELECT e.sequence, e.line, e.account_id, a.code, e.layer, e.amount, e.currency, e.effective_on
      FROM journal.entry e
      LEFT JOIN accounts.account a ON a.ledger_id = e.ledger_id AND a.id = e.account_id
      WHERE e.ledger_id = :ledger AND e.sequence > :after AND e.sequence <= :through
      ORDER BY e.sequence, e.line
      """;

  private final JdbcClient jdbc;

  TrailStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<SealedTransaction> heads(int ledger, long after, long through, int rows) {
    return jdbc.sql(HEADS)
        .param("ledger", ledger)
        .param("after", after)
        .param("through", through)
        .param("rows", rows)
        .query(TrailStore::head)
        .list();
  }

  List<EntryRow> entries(int ledger, long after, long through) {
    return jdbc.sql(ENTRIES)
        .param("ledger", ledger)
        .param("after", after)
        .param("through", through)
        .query(TrailStore::entry)
        .list();
  }

  private static SealedTransaction head(ResultSet row, int number) throws SQLException {
    return new SealedTransaction(
        row.getLong(1),
        new SealedTransaction.Head(
            row.getObject(2, UUID.class),
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getObject(6, LocalDate.class),
            row.getObject(7, OffsetDateTime.class).toInstant(),
            row.getString(8),
            row.getObject(9, UUID.class),
            row.getString(10),
            row.getString(11),
            row.getString(12),
            row.getString(13),
            JsonText.canonical(row.getString(14))));
  }

  private static EntryRow entry(ResultSet row, int number) throws SQLException {
    return new EntryRow(
        row.getLong(1),
        new SealedEntry(
            row.getInt(2),
            row.getObject(3, UUID.class),
            row.getString(4),
            row.getInt(5),
            row.getLong(6),
            row.getString(7),
            row.getObject(8, LocalDate.class)));
  }
}
