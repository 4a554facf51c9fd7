package io.countersign.server.reconciliation;

import io.countersign.model.id.LineId;
import io.countersign.model.id.MatchId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.reconciliation.Match;
import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Matches and the claims that make each line and each transaction part of one at most.
@Component
class MatchStore {

  private static final String INSERT =
      """
      INSERT INTO reconciliation.match
        (ledger_id, id, source, source_account, rule, reason, matched_by, matched_at)
      SELECT :ledger, id, :source, account, rule, reason, :by, :at
      FROM unnest(:ids::uuid[], :accounts::uuid[], :rules::text[], :reasons::text[])
        AS m (id, account, rule, reason)
      """;
  private static final String INSERT_ITEMS =
      """
      INSERT INTO reconciliation.match_item (ledger_id, match_id, item, kind)
      SELECT :ledger, match_id, item, kind
      FROM unnest(:matches::uuid[], :items::uuid[], :kinds::text[]) AS i (match_id, item, kind)
      """;
  private static final String CLAIM_LINES =
      """
      INSERT INTO reconciliation.line_claim (ledger_id, line_id, match_id)
      SELECT ledger_id, item, match_id FROM reconciliation.match_item
      WHERE ledger_id = :ledger AND kind = 'line' AND match_id = ANY(:ids::uuid[])
      """;
  private static final String CLAIM_TRANSACTIONS =
      """
      INSERT INTO reconciliation.transaction_claim (ledger_id, books_account, transaction_id, match_id)
      SELECT i.ledger_id, a.books_account, i.item, i.match_id
      FROM reconciliation.match_item i
      JOIN reconciliation.match m ON m.ledger_id = i.ledger_id AND m.id = i.match_id
      JOIN reconciliation.source_account a ON a.ledger_id = m.ledger_id AND a.id = m.source_account
      WHERE i.ledger_id = :ledger AND i.kind = 'transaction' AND i.match_id = ANY(:ids::uuid[])
      """;
  private static final String MARK_LINES =
      """
      UPDATE reconciliation.line l SET state = 'matched'
      FROM reconciliation.match_item i
      WHERE i.ledger_id = :ledger AND i.match_id = ANY(:ids::uuid[]) AND i.kind = 'line'
        AND l.ledger_id = i.ledger_id AND l.id = i.item AND l.state <> 'matched' AND l.counted
      """;
  private static final String MARK_ENTRIES =
      """
      UPDATE reconciliation.entry e SET state = 'matched'
      FROM reconciliation.match_item i
      JOIN reconciliation.match m ON m.ledger_id = i.ledger_id AND m.id = i.match_id
      WHERE i.ledger_id = :ledger AND i.match_id = ANY(:ids::uuid[]) AND i.kind = 'transaction'
        AND e.ledger_id = i.ledger_id AND e.source_account = m.source_account
        AND e.transaction_id = i.item AND e.state <> 'matched'
      """;
  private static final String SETTLE =
      """
      INSERT INTO reconciliation.settled (ledger_id, source_account, key, amount, match_id, booked_on)
      SELECT :ledger, account, key, amount, match_id, day
      FROM unnest(:accounts::uuid[], :keys::text[], :amounts::bigint[], :matches::uuid[], :days::date[])
        AS s (account, key, amount, match_id, day)
      ON CONFLICT (ledger_id, source_account, key, amount, match_id) DO NOTHING
      """;
  private static final String UNDO =
      """
      UPDATE reconciliation.match
      SET undone_at = :at, undone_by = :by, undone_reason = :reason
      WHERE ledger_id = :ledger AND id = :id AND undone_at IS NULL
      """;
  private static final String UNMARK_LINES =
      """
      UPDATE reconciliation.line SET state = 'unmatched'
      WHERE ledger_id = :ledger AND id IN (
        SELECT line_id FROM reconciliation.line_claim WHERE ledger_id = :ledger AND match_id = :id)
      """;
  private static final String UNMARK_ENTRIES =
      """
      UPDATE reconciliation.entry e SET state = 'unmatched'
      FROM reconciliation.match_item i
      JOIN reconciliation.match m ON m.ledger_id = i.ledger_id AND m.id = i.match_id
      WHERE i.ledger_id = :ledger AND i.match_id = :id AND i.kind = 'transaction'
        AND e.ledger_id = i.ledger_id AND e.source_account = m.source_account
        AND e.transaction_id = i.item
      """;
  private static final String UNCLAIM_LINES =
      "DELETE FROM reconciliation.line_claim WHERE ledger_id = :ledger AND match_id = :id";
  private static final String UNCLAIM_TRANSACTIONS =
      "DELETE FROM reconciliation.transaction_claim WHERE ledger_id = :ledger AND match_id = :id";
  private static final String UNSETTLE =
      "DELETE FROM reconciliation.settled WHERE ledger_id = :ledger AND match_id = :id";
  private static final String COLUMNS =
      """
      SELECT m.id, m.source, m.rule, m.reason, m.matched_by, m.matched_at, m.undone_at
      FROM reconciliation.match m WHERE m.ledger_id = :ledger
      """;
  private static final String BY_ID = COLUMNS + " AND m.id = :id";
  private static final String PAGE =
      COLUMNS
          + """
           AND (:after::uuid IS NULL OR m.id > :after::uuid)
           AND (:transaction::uuid IS NULL OR EXISTS (
             SELECT FROM reconciliation.match_item i WHERE i.ledger_id = m.ledger_id
               AND i.match_id = m.id AND i.kind = 'transaction' AND i.item = :transaction::uuid))
           AND (:statement::uuid IS NULL OR EXISTS (
             SELECT FROM reconciliation.match_item i
             JOIN reconciliation.line l ON l.ledger_id = i.ledger_id
               AND (l.id = i.item OR l.same_as = i.item)
             WHERE i.ledger_id = m.ledger_id AND i.match_id = m.id AND i.kind = 'line'
               AND l.statement_id = :statement::uuid))
          ORDER BY m.id LIMIT :rows
          """;
  private static final String ITEMS =
      """
      SELECT match_id, item, kind FROM reconciliation.match_item
      WHERE ledger_id = :ledger AND match_id = ANY(:ids::uuid[]) ORDER BY match_id, item
      """;

  /// A match to be made.
  record NewMatch(
      MatchId id,
      UUID account,
      String rule,
      String reason,
      List<UUID> lines,
      List<UUID> transactions,
      List<SettledKey> settled) {

    NewMatch {
      lines = List.copyOf(lines);
      transactions = List.copyOf(transactions);
      settled = List.copyOf(settled);
    }
  }

  record SettledKey(String key, long minorUnits, LocalDate day) {}

  private record Item(UUID match, UUID item, String kind) {}

  private final JdbcClient jdbc;

  MatchStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Makes matches and their claims. A line or transaction that is claimed already violates a key.
  void insert(int ledger, String source, List<NewMatch> matches, String by, Instant at) {
    var ids = SqlArrays.texts(matches, it -> it.id().uuid());
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("source", source)
        .param("by", by)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("ids", ids)
        .param("accounts", SqlArrays.texts(matches, NewMatch::account))
        .param("rules", SqlArrays.texts(matches, NewMatch::rule))
        .param("reasons", SqlArrays.texts(matches, NewMatch::reason))
        .update();
    int lines = insertItems(ledger, matches, NewMatch::lines, "line");
    int transactions = insertItems(ledger, matches, NewMatch::transactions, "transaction");
    counted(lines, claim(CLAIM_LINES, ledger, ids), "lines claimed");
    counted(transactions, claim(CLAIM_TRANSACTIONS, ledger, ids), "transactions claimed");
    counted(lines, claim(MARK_LINES, ledger, ids), "lines marked");
    counted(transactions, claim(MARK_ENTRIES, ledger, ids), "transactions marked");
    settle(ledger, matches);
  }

  private int insertItems(
      int ledger,
      List<NewMatch> matches,
      java.util.function.Function<NewMatch, List<UUID>> which,
      String kind) {
    List<Item> items = new ArrayList<>();
    matches.forEach(
        it -> which.apply(it).forEach(item -> items.add(new Item(it.id().uuid(), item, kind))));
    return jdbc.sql(INSERT_ITEMS)
        .param("ledger", ledger)
        .param("matches", SqlArrays.texts(items, Item::match))
        .param("items", SqlArrays.texts(items, Item::item))
        .param("kinds", SqlArrays.texts(items, Item::kind))
        .update();
  }

  private int claim(String sql, int ledger, @Nullable String[] ids) {
    return jdbc.sql(sql).param("ledger", ledger).param("ids", ids).update();
  }

  private static void counted(int expected, int rows, String what) {
    if (rows != expected) {
      throw new IllegalStateException(what + ": " + rows + " of " + expected);
    }
  }

  private void settle(int ledger, List<NewMatch> matches) {
    record Row(UUID account, UUID match, SettledKey key) {}
    List<Row> rows = new ArrayList<>();
    matches.forEach(
        it -> it.settled().forEach(key -> rows.add(new Row(it.account(), it.id().uuid(), key))));
    jdbc.sql(SETTLE)
        .param("ledger", ledger)
        .param("accounts", SqlArrays.texts(rows, Row::account))
        .param("keys", SqlArrays.texts(rows, it -> it.key().key()))
        .param("amounts", SqlArrays.texts(rows, it -> it.key().minorUnits()))
        .param("matches", SqlArrays.texts(rows, Row::match))
        .param("days", SqlArrays.texts(rows, it -> it.key().day()))
        .update();
  }

  /// @return whether it was not undone before
  boolean undo(int ledger, MatchId id, String reason, String by, Instant at) {
    boolean undone =
        jdbc.sql(UNDO)
                .param("ledger", ledger)
                .param("id", id.uuid())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("by", by)
                .param("reason", reason)
                .update()
            == 1;
    if (undone) {
      for (String sql :
          List.of(UNMARK_LINES, UNMARK_ENTRIES, UNCLAIM_LINES, UNCLAIM_TRANSACTIONS, UNSETTLE)) {
        jdbc.sql(sql).param("ledger", ledger).param("id", id.uuid()).update();
      }
    }
    return undone;
  }

  Optional<Match> find(int ledger, MatchId id) {
    return withItems(
            ledger,
            jdbc.sql(BY_ID)
                .param("ledger", ledger)
                .param("id", id.uuid())
                .query(MatchStore::head)
                .list())
        .stream()
        .findFirst();
  }

  Optional<String> sourceOf(int ledger, MatchId id) {
    return jdbc.sql(BY_ID)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query((row, number) -> row.getString("source"))
        .optional();
  }

  /// In the order in which they were made.
  List<Match> page(
      int ledger,
      @Nullable UUID statement,
      @Nullable UUID transaction,
      @Nullable UUID after,
      int rows) {
    return withItems(
        ledger,
        jdbc.sql(PAGE)
            .param("ledger", ledger)
            .param("statement", statement)
            .param("transaction", transaction)
            .param("after", after)
            .param("rows", rows)
            .query(MatchStore::head)
            .list());
  }

  private List<Match> withItems(int ledger, Collection<Match> heads) {
    Map<UUID, List<LineId>> lines = new HashMap<>();
    Map<UUID, List<TransactionId>> transactions = new HashMap<>();
    jdbc.sql(ITEMS)
        .param("ledger", ledger)
        .param("ids", SqlArrays.texts(heads, it -> it.id().uuid()))
        .query(
            row -> {
              UUID match = row.getObject("match_id", UUID.class);
              UUID item = row.getObject("item", UUID.class);
              if (row.getString("kind").equals("line")) {
                lines.computeIfAbsent(match, m -> new ArrayList<>()).add(new LineId(item));
              } else {
                transactions
                    .computeIfAbsent(match, m -> new ArrayList<>())
                    .add(new TransactionId(item));
              }
            });
    return heads.stream()
        .map(
            it ->
                new Match(
                    it.id(),
                    lines.getOrDefault(it.id().uuid(), List.of()),
                    transactions.getOrDefault(it.id().uuid(), List.of()),
                    it.rule(),
                    it.reason(),
                    it.matchedBy(),
                    it.matchedAt(),
                    it.undoneAt()))
        .toList();
  }

  private static Match head(ResultSet row, int number) throws SQLException {
    OffsetDateTime undoneAt = row.getObject("undone_at", OffsetDateTime.class);
    return new Match(
        new MatchId(row.getObject("id", UUID.class)),
        List.of(),
        List.of(),
        row.getString("rule"),
        row.getString("reason"),
        row.getString("matched_by"),
        row.getObject("matched_at", OffsetDateTime.class).toInstant(),
        undoneAt == null ? null : undoneAt.toInstant());
  }
}
