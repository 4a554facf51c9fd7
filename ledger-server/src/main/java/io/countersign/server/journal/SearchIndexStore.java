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
      "SELECT max(number) FROM journal.search_block WHERE ledger_id = :ledger AND size = :size";
  private static final String FIRST_BLOCK =
      "SELECT min(number) FROM journal.search_block WHERE ledger_id = :ledger AND size = :size";
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
      INSERT INTO journal.search_block (ledger_id, size, number, first_day, last_day)
      VALUES (:ledger, :size, :number, :firstDay, :lastDay) ON CONFLICT DO NOTHING
      """;
  private static final String INSERT_LARGE =
      """
      INSERT INTO journal.search_posting (ledger_id, term, block, positions)
      SELECT :ledger, term::bigint, :block, decode(positions, 'hex')
      FROM unnest(:terms::text[], :positions::text[]) AS posting (term, positions)
      ORDER BY term::bigint
      """;
  private static final String INSERT_SMALL =
      """
      INSERT INTO journal.search_recent (ledger_id, block, term, positions)
      SELECT :ledger, :block, term::bigint, decode(positions, 'hex')
      FROM unnest(:terms::text[], :positions::text[]) AS posting (term, positions)
      ORDER BY term::bigint
      """;
  private static final String DELETE_SMALL_BLOCKS =
      """
      DELETE FROM journal.search_block
      WHERE ledger_id = :ledger AND size = :size AND number BETWEEN :first AND :last
      """;
  private static final String DELETE_SMALL =
      """
      DELETE FROM journal.search_recent
      WHERE ledger_id = :ledger AND block BETWEEN :first AND :last
      """;

  private final JdbcClient jdbc;

  SearchIndexStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The last sequence that is in, by blocks of a size; -1 before the first.
  long through(int ledger, int size) {
    @Nullable Integer last = number(LAST_BLOCK, ledger, size);
    return last == null ? -1 : SearchBlock.last(last, size);
  }

  /// The first of the small blocks; null without any.
  @Nullable Integer firstSmall(int ledger) {
    return number(FIRST_BLOCK, ledger, SearchBlock.SMALL);
  }

  private @Nullable Integer number(String sql, int ledger, int size) {
    return jdbc.sql(sql)
        .param("ledger", ledger)
        .param("size", size)
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

  SearchBlockTerms read(int ledger, int size, int number) {
    SearchBlockTerms terms = new SearchBlockTerms(size);
    long first = SearchBlock.first(number, size);
    // A part at a time: all rows of a large block would be much to hold.
    for (long from = first; from < first + size; from += SearchBlock.SMALL) {
      read(ledger, first, from, terms);
    }
    return terms;
  }

  private void read(int ledger, long first, long from, SearchBlockTerms terms) {
    long to = from + SearchBlock.SMALL - 1;
    jdbc.sql(TRANSACTIONS)
        .param("ledger", ledger)
        .param("first", from)
        .param("last", to)
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
        .param("first", from)
        .param("last", to)
        .query(
            row -> {
              terms.addEntry(
                  (int) (row.getLong("sequence") - first),
                  row.getObject("account_id", UUID.class),
                  row.getLong("amount"),
                  row.getString("currency"));
            });
  }

  /// Adds a block within the caller's transaction, unless it is in.
  void insert(int ledger, SearchBlock block, SearchBlockTerms terms) {
    int added =
        jdbc.sql(INSERT_BLOCK)
            .param("ledger", ledger)
            .param("size", block.size())
            .param("number", block.number())
            .param("firstDay", block.firstDay())
            .param("lastDay", block.lastDay())
            .update();
    if (added == 0) {
      return;
    }
    List<Long> keys = new ArrayList<>();
    List<String> positions = new ArrayList<>();
    terms.forEach(
        (term, encoded) -> {
          keys.add(term);
          positions.add(HexFormat.of().formatHex(encoded));
        });
    int inserted =
        jdbc.sql(block.size() == SearchBlock.LARGE ? INSERT_LARGE : INSERT_SMALL)
            .param("ledger", ledger)
            .param("block", block.number())
            .param("terms", SqlArrays.texts(keys))
            .param("positions", SqlArrays.texts(positions))
            .update();
    if (inserted != keys.size()) {
      throw new IllegalStateException(
          "wrote " + inserted + " of " + keys.size() + " postings; nothing is committed");
    }
  }

  /// Takes away the small blocks whose place a large one has taken, if there are any.
  void deleteSmall(int ledger, SearchBlock large) {
    int first = SearchBlock.number(large.first(), SearchBlock.SMALL);
    int last = SearchBlock.number(large.last(), SearchBlock.SMALL);
    int blocks =
        jdbc.sql(DELETE_SMALL_BLOCKS)
            .param("ledger", ledger)
            .param("size", SearchBlock.SMALL)
            .param("first", first)
            .param("last", last)
            .update();
    if (blocks > 0) {
      jdbc.sql(DELETE_SMALL)
          .param("ledger", ledger)
          .param("first", first)
          .param("last", last)
          .update();
    }
  }
}
