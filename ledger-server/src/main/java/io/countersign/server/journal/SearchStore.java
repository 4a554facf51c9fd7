package io.countersign.server.journal;

import io.countersign.server.database.SqlArrays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads the search index, and the indexes of the books where it refers to them.
@Component
class SearchStore {

  /// Takes what is stored, row by row.
  @FunctionalInterface
  interface Postings {
    void add(long term, int block, byte[] positions);
  }

  /// Sequences from one to another, both inclusive.
  record Span(long first, long last) {}

  private static final String BLOCKS =
      """
      SELECT size, number, first_day, last_day FROM journal.search_block
      WHERE ledger_id = :ledger ORDER BY number::bigint * size, size DESC
      """;
  private static final String LARGE_BY_TERM =
      """
      SELECT term, block, positions FROM journal.search_posting
      WHERE ledger_id = :ledger AND term = ANY(:terms::bigint[]) AND block BETWEEN :first AND :last
      """;
  private static final String LARGE_BY_RANGE =
      """
      SELECT p.term, p.block, p.positions
      FROM unnest(:from::bigint[], :to::bigint[]) AS asked (first, last)
      JOIN LATERAL (
        SELECT term, block, positions FROM journal.search_posting
        WHERE ledger_id = :ledger AND term BETWEEN asked.first AND asked.last
          AND block BETWEEN :first AND :last
        OFFSET 0
      ) p ON true
      """;
  private static final String SMALL_BY_TERM =
      """
      SELECT p.term, p.block, p.positions
      FROM generate_series(:first::integer, :last::integer) AS b (number)
      JOIN LATERAL (
        SELECT term, block, positions FROM journal.search_recent
        WHERE ledger_id = :ledger AND block = b.number AND term = ANY(:terms::bigint[])
        OFFSET 0
      ) p ON true
      """;
  private static final String SMALL_BY_RANGE =
      """
      SELECT p.term, p.block, p.positions
      FROM generate_series(:first::integer, :last::integer) AS b (number)
      CROSS JOIN unnest(:from::bigint[], :to::bigint[]) AS asked (first, last)
      JOIN LATERAL (
        SELECT term, block, positions FROM journal.search_recent
        WHERE ledger_id = :ledger AND block = b.number
          AND term BETWEEN asked.first AND asked.last
        OFFSET 0
      ) p ON true
      """;
  private static final String OF_ACCOUNT =
      """
      SELECT e.sequence
      FROM unnest(:first::bigint[], :last::bigint[]) AS span (first, last)
      JOIN LATERAL (
        SELECT sequence FROM journal.entry
        WHERE ledger_id = :ledger AND account_id = :account
          AND sequence BETWEEN span.first AND span.last
          AND abs(amount) BETWEEN :least AND :most
        OFFSET 0
      ) e ON true
      """;
  private static final String OF_REFERENCE =
      """
      SELECT t.sequence
      FROM unnest(:first::bigint[], :last::bigint[]) AS span (first, last)
      JOIN LATERAL (
        SELECT sequence FROM journal.transaction
        WHERE ledger_id = :ledger AND reference = :reference
          AND sequence BETWEEN span.first AND span.last
        OFFSET 0
      ) t ON true
      """;
  private static final String FEW_OF_ACCOUNT =
      """
      SELECT sequence FROM journal.entry
      WHERE ledger_id = :ledger AND account_id = :account AND sequence BETWEEN :first AND :last
      LIMIT :rows
      """;
  private static final String FEW_OF_REFERENCE =
      """
      SELECT sequence FROM journal.transaction
      WHERE ledger_id = :ledger AND reference = :reference AND sequence BETWEEN :first AND :last
      LIMIT :rows
      """;

  private final JdbcClient jdbc;

  SearchStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The blocks that are in, in the order of their sequences, none of them twice.
  List<SearchBlock> blocks(int ledger) {
    List<SearchBlock> blocks = new ArrayList<>();
    jdbc.sql(BLOCKS)
        .param("ledger", ledger)
        .query(
            row -> {
              SearchBlock block =
                  new SearchBlock(
                      row.getInt("size"),
                      row.getInt("number"),
                      row.getObject("first_day", LocalDate.class),
                      row.getObject("last_day", LocalDate.class));
              if (blocks.isEmpty() || blocks.getLast().last() < block.first()) {
                blocks.add(block);
              }
            });
    return blocks;
  }

  void readTerms(
      int ledger, int size, List<Long> terms, int firstBlock, int lastBlock, Postings postings) {
    read(
        jdbc.sql(size == SearchBlock.LARGE ? LARGE_BY_TERM : SMALL_BY_TERM)
            .param("ledger", ledger)
            .param("terms", SqlArrays.texts(terms))
            .param("first", firstBlock)
            .param("last", lastBlock),
        postings);
  }

  void readRanges(
      int ledger,
      int size,
      List<TermRange> ranges,
      int firstBlock,
      int lastBlock,
      Postings postings) {
    read(
        jdbc.sql(size == SearchBlock.LARGE ? LARGE_BY_RANGE : SMALL_BY_RANGE)
            .param("ledger", ledger)
            .param("from", SqlArrays.texts(ranges, TermRange::from))
            .param("to", SqlArrays.texts(ranges, TermRange::to))
            .param("first", firstBlock)
            .param("last", lastBlock),
        postings);
  }

  private static void read(JdbcClient.StatementSpec statement, Postings postings) {
    statement.query(
        row -> {
          postings.add(row.getLong("term"), row.getInt("block"), row.getBytes("positions"));
        });
  }

  List<Long> ofAccount(int ledger, UUID account, long least, long most, List<Span> spans) {
    return jdbc.sql(OF_ACCOUNT)
        .param("ledger", ledger)
        .param("account", account)
        .param("least", least)
        .param("most", most)
        .param("first", SqlArrays.texts(spans, Span::first))
        .param("last", SqlArrays.texts(spans, Span::last))
        .query(Long.class)
        .list();
  }

  List<Long> ofReference(int ledger, String reference, List<Span> spans) {
    return jdbc.sql(OF_REFERENCE)
        .param("ledger", ledger)
        .param("reference", reference)
        .param("first", SqlArrays.texts(spans, Span::first))
        .param("last", SqlArrays.texts(spans, Span::last))
        .query(Long.class)
        .list();
  }

  /// All transactions with entries on an account, or null when there are `rows` entries or more.
  @Nullable List<Long> fewOfAccount(int ledger, UUID account, Span within, int rows) {
    return few(FEW_OF_ACCOUNT, "account", account, ledger, within, rows);
  }

  @Nullable List<Long> fewOfReference(int ledger, String reference, Span within, int rows) {
    return few(FEW_OF_REFERENCE, "reference", reference, ledger, within, rows);
  }

  private @Nullable List<Long> few(
      String sql, String name, Object value, int ledger, Span within, int rows) {
    List<Long> found =
        jdbc.sql(sql)
            .param("ledger", ledger)
            .param(name, value)
            .param("first", within.first())
            .param("last", within.last())
            .param("rows", rows)
            .query(Long.class)
            .list();
    return found.size() < rows ? found.stream().distinct().toList() : null;
  }
}
