package io.countersign.server.reconciliation;

import io.countersign.model.CurrencyCode;
import io.countersign.model.WireName;
import io.countersign.model.reconciliation.LineState;
import io.countersign.model.reconciliation.Settlement;
import io.countersign.model.reconciliation.SettlementType;
import io.countersign.server.database.SqlArrays;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class LineStore {

  // References travel as one text each; U+001F cannot be in them.
  private static final String SEPARATOR = "\u001f";

  private static final String INSERT =
      """
      INSERT INTO reconciliation.line
        (ledger_id, id, statement_id, number, value_date, value_date_text, booked_on, amount, currency,
         refs, text, identity, occurrence, counted, state, dismissed, settles, gross, fee, payout)
      SELECT :ledger, id, statement_id, number, value_date, value_date_text, booked_on, amount,
             currency, string_to_array(refs, chr(31)), text, identity, 0, false, 'unmatched', false,
             settles, gross, fee, payout
      FROM unnest(:ids::uuid[], :statements::uuid[], :numbers::integer[], :valueDates::date[],
                  :valueDateTexts::text[], :bookedOn::date[], :amounts::bigint[], :currencies::text[],
                  :refs::text[], :texts::text[], :identities::text[], :settles::text[],
                  :gross::bigint[], :fees::bigint[], :payouts::text[])
        AS l (id, statement_id, number, value_date, value_date_text, booked_on, amount, currency, refs,
              text, identity, settles, gross, fee, payout)
      """;
  private static final String DELETE =
      "DELETE FROM reconciliation.line WHERE ledger_id = :ledger AND statement_id = :statement";

  private static final String KEYS =
      """
      SELECT id, number, identity FROM reconciliation.line
      WHERE ledger_id = :ledger AND statement_id = :statement AND number > :after AND same_as IS NULL
      ORDER BY number LIMIT :rows
      """;
  private static final String REPEATED =
      """
      SELECT id, number, identity FROM reconciliation.line
      WHERE ledger_id = :ledger AND statement_id = ANY(:statements::uuid[]) AND identity IN (
        SELECT identity FROM reconciliation.line
        WHERE ledger_id = :ledger AND statement_id = ANY(:statements::uuid[])
        GROUP BY identity HAVING count(*) > 1)
      ORDER BY identity, statement_id, number
      """;
  private static final String KNOWN =
      """
      SELECT id, number, identity FROM reconciliation.line
      WHERE ledger_id = :ledger AND source_account = :account AND counted
        AND identity = ANY(:identities) AND statement_id <> ALL(:statements::uuid[])
      ORDER BY identity, occurrence
      """;
  private static final String LINK =
      """
      UPDATE reconciliation.line l SET same_as = n.same_as
      FROM unnest(:ids::uuid[], :sameAs::uuid[]) AS n (id, same_as)
      WHERE l.ledger_id = :ledger AND l.id = n.id
      """;
  // The same line again may know the payout that was still open the first time.
  private static final String LEARN_PAYOUTS =
      """
      UPDATE reconciliation.line l SET payout = n.payout
      FROM reconciliation.line n
      WHERE n.ledger_id = :ledger AND n.id = ANY(:ids::uuid[]) AND n.payout IS NOT NULL
        AND l.ledger_id = n.ledger_id AND l.id = n.same_as AND l.payout IS NULL
      """;
  private static final String UNLINK =
      """
      UPDATE reconciliation.line SET same_as = NULL
      WHERE ledger_id = :ledger AND statement_id = :statement AND same_as IS NOT NULL
      """;
  private static final String SUM_OF_NEW =
      """
      SELECT coalesce(sum(amount), 0) FROM reconciliation.line
      WHERE ledger_id = :ledger AND statement_id = :statement AND same_as IS NULL
      """;
  private static final String LAST_OCCURRENCES =
      """
      SELECT identity, max(occurrence) AS last FROM reconciliation.line
      WHERE ledger_id = :ledger AND source_account = :account AND counted
        AND identity = ANY(:identities)
      GROUP BY identity
      """;
  private static final String COUNT =
      """
      UPDATE reconciliation.line l
      SET counted = true, source_account = :account, occurrence = n.occurrence
      FROM unnest(:ids::uuid[], :occurrences::integer[]) AS n (id, occurrence)
      WHERE l.ledger_id = :ledger AND l.id = n.id
      """;
  private static final String COLUMNS =
      """
      SELECT l.id, l.statement_id, l.number, l.value_date, l.value_date_text, l.booked_on, l.amount,
             l.currency, l.refs, l.text, l.identity, coalesce(o.state, l.state) AS state, l.settles,
             l.gross, l.fee, l.payout
      FROM reconciliation.line l
      LEFT JOIN reconciliation.line o ON o.ledger_id = l.ledger_id AND o.id = l.same_as
      WHERE l.ledger_id = :ledger
      """;
  private static final String PAGE =
      COLUMNS
          + " AND l.statement_id = :statement AND l.number > :after ORDER BY l.number LIMIT :rows";
  private static final String BY_IDS = COLUMNS + " AND l.id = ANY(:ids::uuid[]) ORDER BY l.id";

  private final JdbcClient jdbc;

  LineStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Stores lines of one statement or of several.
  void insert(int ledger, List<LineRow> lines) {
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("statements", SqlArrays.texts(lines, LineRow::statement))
        .param("ids", SqlArrays.texts(lines, LineRow::id))
        .param("numbers", SqlArrays.texts(lines, LineRow::number))
        .param("valueDates", SqlArrays.texts(lines, LineRow::valueDate))
        .param("valueDateTexts", SqlArrays.texts(lines, LineRow::valueDateText))
        .param("bookedOn", SqlArrays.texts(lines, LineRow::bookedOn))
        .param("amounts", SqlArrays.texts(lines, LineRow::minorUnits))
        .param("currencies", SqlArrays.texts(lines, LineRow::currency))
        .param("refs", SqlArrays.texts(lines, it -> String.join(SEPARATOR, it.references())))
        .param("texts", SqlArrays.texts(lines, LineRow::text))
        .param("identities", SqlArrays.texts(lines, LineRow::identity))
        .param("settles", settled(lines, it -> it.type().wire()))
        .param("gross", settled(lines, Settlement::gross))
        .param("fees", settled(lines, Settlement::fee))
        .param("payouts", settled(lines, Settlement::payout))
        .update();
  }

  private static @Nullable String[] settled(
      List<LineRow> lines, Function<Settlement, @Nullable Object> member) {
    return SqlArrays.texts(
        lines,
        line -> {
          Settlement settlement = line.settlement();
          return settlement == null ? null : member.apply(settlement);
        });
  }

  /// Forgets the lines of a statement that is there already.
  void delete(int ledger, UUID statement) {
    jdbc.sql(DELETE).param("ledger", ledger).param("statement", statement).update();
  }

  /// What tells a line from others.
  record LineKey(UUID id, int number, String identity) {}

  /// The statement's lines that repeat none, in its order.
  List<LineKey> keys(int ledger, UUID statement, int after, int rows) {
    return jdbc.sql(KEYS)
        .param("ledger", ledger)
        .param("statement", statement)
        .param("after", after)
        .param("rows", rows)
        .query(LineStore::key)
        .list();
  }

  /// The lines of these statements that are not the only ones to say what they say, the equal ones
  /// together and in their order.
  List<LineKey> repeated(int ledger, Collection<UUID> statements) {
    return jdbc.sql(REPEATED)
        .param("ledger", ledger)
        .param("statements", SqlArrays.texts(statements))
        .query(LineStore::key)
        .list();
  }

  /// The lines that count and say one of these things, but for those of `statements`; the equal
  /// ones together and in their order.
  List<LineKey> known(
      int ledger, UUID account, Collection<String> identities, Collection<UUID> statements) {
    return jdbc.sql(KNOWN)
        .param("ledger", ledger)
        .param("account", account)
        .param("identities", SqlArrays.texts(identities))
        .param("statements", SqlArrays.texts(statements))
        .query(LineStore::key)
        .list();
  }

  /// @param sameAs by a line, the one that it repeats
  void link(int ledger, Map<UUID, UUID> sameAs) {
    jdbc.sql(LINK)
        .param("ledger", ledger)
        .param("ids", SqlArrays.texts(sameAs.keySet()))
        .param("sameAs", SqlArrays.texts(sameAs.values()))
        .update();
    jdbc.sql(LEARN_PAYOUTS)
        .param("ledger", ledger)
        .param("ids", SqlArrays.texts(sameAs.keySet()))
        .update();
  }

  void unlink(int ledger, UUID statement) {
    jdbc.sql(UNLINK).param("ledger", ledger).param("statement", statement).update();
  }

  BigDecimal sumOfNew(int ledger, UUID statement) {
    return jdbc.sql(SUM_OF_NEW)
        .param("ledger", ledger)
        .param("statement", statement)
        .query(BigDecimal.class)
        .single();
  }

  /// By what lines say, the highest occurrence that counts.
  Map<String, Integer> lastOccurrences(int ledger, UUID account, Collection<String> identities) {
    Map<String, Integer> last = new HashMap<>();
    jdbc.sql(LAST_OCCURRENCES)
        .param("ledger", ledger)
        .param("account", account)
        .param("identities", SqlArrays.texts(identities))
        .query(
            row -> {
              last.put(row.getString("identity"), row.getInt("last"));
            });
    return last;
  }

  /// Lets lines count. That each does once is held by a unique key.
  void count(int ledger, UUID account, Map<UUID, Integer> occurrences) {
    jdbc.sql(COUNT)
        .param("ledger", ledger)
        .param("account", account)
        .param("ids", SqlArrays.texts(occurrences.keySet()))
        .param("occurrences", SqlArrays.texts(occurrences.values()))
        .update();
  }

  List<LineRow> page(int ledger, UUID statement, int after, int rows) {
    return jdbc.sql(PAGE)
        .param("ledger", ledger)
        .param("statement", statement)
        .param("after", after)
        .param("rows", rows)
        .query(LineStore::line)
        .list();
  }

  List<LineRow> byIds(int ledger, Collection<UUID> ids) {
    return jdbc.sql(BY_IDS)
        .param("ledger", ledger)
        .param("ids", SqlArrays.texts(ids))
        .query(LineStore::line)
        .list();
  }

  private static LineKey key(ResultSet row, int number) throws SQLException {
    return new LineKey(
        row.getObject("id", UUID.class), row.getInt("number"), row.getString("identity"));
  }

  private static LineRow line(ResultSet row, int number) throws SQLException {
    return new LineRow(
        row.getObject("id", UUID.class),
        row.getObject("statement_id", UUID.class),
        row.getInt("number"),
        row.getObject("value_date", LocalDate.class),
        row.getString("value_date_text"),
        row.getObject("booked_on", LocalDate.class),
        row.getLong("amount"),
        CurrencyCode.of(row.getString("currency")),
        List.of((String[]) row.getArray("refs").getArray()),
        row.getString("text"),
        row.getString("identity"),
        WireName.parse(LineState.class, row.getString("state")),
        settlement(row));
  }

  private static @Nullable Settlement settlement(ResultSet row) throws SQLException {
    String type = row.getString("settles");
    return type == null
        ? null
        : new Settlement(
            WireName.parse(SettlementType.class, type),
            row.getLong("gross"),
            row.getLong("fee"),
            row.getString("payout"));
  }
}
