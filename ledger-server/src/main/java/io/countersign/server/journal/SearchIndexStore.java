package io.countersign.server.journal;

import io.countersign.server.database.SqlArrays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Writes the search index.
@Component
class SearchIndexStore {

  private static final String LAST_BLOCK =
      "SELECT max(block) FROM journal.search_block WHERE ledger_id = :ledger";
  private static final String NEXT_SEQUENCE =
      """
      SELECT sequence FROM journal.transaction
      WHERE ledger_id = :ledger AND sequence >= :from ORDER BY sequence LIMIT 1
      """;
  private static final String TRANSACTIONS =
      """
      SELECT sequence, kind, effective_on, description, reference FROM journal.transaction
      WHERE ledger_id = :ledger AND sequence BETWEEN :first AND :last ORDER BY sequence
      """;
  private static final String ENTRIES =
      """
      SELECT sequence, account_id, abs(amount) AS amount, currency FROM journal.entry
      WHERE ledger_id = :ledger AND sequence BETWEEN :first AND :last ORDER BY sequence
      """;
  private static final String INSERT_BLOCK =
      """
      INSERT INTO journal.search_block (ledger_id, block, first_day, last_day)
      VALUES (:ledger, :block, :firstDay, :lastDay) ON CONFLICT DO NOTHING
      """;
  private static final String INSERT_POSTINGS =
      """
      INSERT INTO journal.search_posting (ledger_id, term, block, positions)
      SELECT :ledger, term::bigint, :block, decode(positions, 'hex')
      FROM unnest(:terms::text[], :positions::text[]) AS posting (term, positions)
      ORDER BY term::bigint
      """;

  private final JdbcClient jdbc;

  SearchIndexStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The last block that is in; null before the first.
  @Nullable Integer lastBlock(int ledger) {
    return jdbc.sql(LAST_BLOCK)
        .param("ledger", ledger)
        .query((row, number) -> row.getObject(1, Integer.class))
        .list()
        .getFirst();
  }

  /// The first transaction from a sequence on; null without any.
  @Nullable Long nextSequence(int ledger, long from) {
    return jdbc.sql(NEXT_SEQUENCE)
        .param("ledger", ledger)
        .param("from", from)
        .query(Long.class)
        .optional()
        .orElse(null);
  }

  SearchBlockTerms read(int ledger, int block) {
    SearchBlockTerms terms = new SearchBlockTerms();
    long first = SearchBlock.first(block);
    jdbc.sql(TRANSACTIONS)
        .param("ledger", ledger)
        .param("first", first)
        .param("last", SearchBlock.last(block))
        .query(
            row -> {
              terms.addTransaction(
                  (int) (row.getLong("sequence") - first),
                  row.getString("kind"),
                  row.getObject("effective_on", LocalDate.class),
                  row.getString("description"),
                  row.getString("reference"));
            });
    jdbc.sql(ENTRIES)
        .param("ledger", ledger)
        .param("first", first)
        .param("last", SearchBlock.last(block))
        .query(
            row -> {
              terms.addEntry(
                  (int) (row.getLong("sequence") - first),
                  row.getObject("account_id", UUID.class),
                  row.getLong("amount"),
                  row.getString("currency"));
            });
    return terms;
  }

  /// Adds a block within the caller's transaction.
  ///
  /// @return whether it was not in before
  boolean insert(int ledger, int number, SearchBlockTerms terms) {
    SearchBlock block = terms.block(number);
    int added =
        jdbc.sql(INSERT_BLOCK)
            .param("ledger", ledger)
            .param("block", number)
            .param("firstDay", block.firstDay())
            .param("lastDay", block.lastDay())
            .update();
    if (added == 0) {
      return false;
    }
    List<Long> keys = new ArrayList<>();
    List<String> positions = new ArrayList<>();
    terms.forEach(
        (term, encoded) -> {
          keys.add(term);
          positions.add(HexFormat.of().formatHex(encoded));
        });
    int inserted =
        jdbc.sql(INSERT_POSTINGS)
            .param("ledger", ledger)
            .param("block", number)
            .param("terms", SqlArrays.texts(keys))
            .param("positions", SqlArrays.texts(positions))
            .update();
    if (inserted != keys.size()) {
      throw new IllegalStateException(
          "wrote " + inserted + " of " + keys.size() + " postings; nothing is committed");
    }
    return true;
  }
}
