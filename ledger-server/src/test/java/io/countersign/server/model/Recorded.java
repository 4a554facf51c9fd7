package io.countersign.server.model;

import io.countersign.model.id.TransactionId;
import io.countersign.server.model.Reference.Entry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A transaction as the database has it.
///
/// @param relatesTo the hold that it opens or ends; null for others
record Recorded(
    long sequence,
    String id,
    String kind,
    String description,
    LocalDate effectiveOn,
    Instant recordedAt,
    @Nullable String relatesTo,
    List<Entry> entries) {

  private static final String JOURNAL =
      """
      SELECT t.sequence, t.id, t.kind, t.description, t.effective_on, t.recorded_at, t.relates_id,
             a.code, e.layer, e.amount
      FROM journal.transaction t
      JOIN journal.entry e ON e.ledger_id = t.ledger_id AND e.sequence = t.sequence
      JOIN accounts.account a ON a.ledger_id = e.ledger_id AND a.id = e.account_id
      WHERE t.sequence IN (
        SELECT own.sequence FROM journal.entry own
        JOIN accounts.account o ON o.ledger_id = own.ledger_id AND o.id = own.account_id
        WHERE o.code LIKE :prefix || ':%')
      ORDER BY t.sequence, e.line
      """;
  private static final String EXPIRING =
      """
      SELECT count(*) FROM journal.hold h
      WHERE h.from_account LIKE :prefix || ':%' AND h.expires_at <= clock_timestamp() + interval '1 minute'
        AND NOT EXISTS (SELECT FROM journal.hold_end e
                        WHERE e.ledger_id = h.ledger_id AND e.hold_id = h.id)
      """;

  /// Everything on the accounts of one history, in the journal's order.
  static List<Recorded> journal(JdbcClient books, String prefix) {
    Map<Long, Recorded> rows = new LinkedHashMap<>();
    books
        .sql(JOURNAL)
        .param("prefix", prefix)
        .query(
            row -> {
              long sequence = row.getLong("sequence");
              Recorded known = rows.get(sequence);
              if (known == null) {
                known =
                    new Recorded(
                        sequence,
                        new TransactionId(row.getObject("id", UUID.class)).toString(),
                        row.getString("kind"),
                        row.getString("description"),
                        row.getObject("effective_on", LocalDate.class),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        row.getString("relates_id"),
                        new ArrayList<>());
                rows.put(sequence, known);
              }
              known
                  .entries()
                  .add(
                      new Entry(row.getString("code"), row.getInt("layer"), row.getLong("amount")));
            });
    return List.copyOf(rows.values());
  }

  /// How many holds of a history are open and to expire within a minute, or overdue.
  static long expiring(JdbcClient books, String prefix) {
    return books.sql(EXPIRING).param("prefix", prefix).query(Long.class).single();
  }

  long sum(int fromLayer, int toLayer) {
    return entries.stream()
        .filter(entry -> entry.layer() >= fromLayer && entry.layer() <= toLayer)
        .mapToLong(Entry::signed)
        .sum();
  }

  /// What it changes of what is available on an account, in minor units, debits positive.
  long signedEffect(String account) {
    return entries.stream()
        .filter(entry -> entry.account().equals(account) && entry.layer() != Reference.COMING)
        .mapToLong(Entry::signed)
        .sum();
  }

  boolean touches(String account) {
    return entries.stream().anyMatch(entry -> entry.account().equals(account));
  }

  boolean endsHold() {
    return switch (kind) {
      case "capture", "release", "expiry" -> true;
      default -> false;
    };
  }
}
