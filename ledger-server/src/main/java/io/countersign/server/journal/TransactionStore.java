package io.countersign.server.journal;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.WireName;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Entry;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
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
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Reads transactions. Accounts are told by id; who asks puts their codes in.
@Component
class TransactionStore {

  private static final String HEAD =
      """
      SELECT t.sequence, t.id, t.kind, t.description, t.reference, t.effective_on, t.recorded_at,
             t.recorded_by, t.reverses, t.relates_type, t.relates_id, t.proposed_by, t.decided_by,
             t.metadata, r.reversal_id
      FROM journal.transaction t
      LEFT JOIN journal.reversal r ON r.ledger_id = t.ledger_id AND r.reversed_id = t.id
      WHERE t.ledger_id = :ledger
      """;
  private static final String OF_IDS = HEAD + " AND t.id = ANY(:ids::uuid[]) ORDER BY t.sequence";
  private static final String OF_SUBJECT =
      HEAD + " AND t.relates_id = :subject ORDER BY t.sequence";
  private static final String OF_SEQUENCES = HEAD + " AND t.sequence = ANY(:sequences::bigint[])";
  private static final String SEQUENCES_WITHIN =
      """
      SELECT t.sequence FROM journal.transaction t
      WHERE t.ledger_id = :ledger AND t.sequence BETWEEN :first AND :last
      """;
  private static final String SEQUENCES_AMONG =
      """
      SELECT t.sequence FROM unnest(:sequences::bigint[]) AS named (sequence)
      JOIN journal.transaction t ON t.ledger_id = :ledger AND t.sequence = named.sequence
      WHERE true
      """;
  private static final String ENTRIES =
      """
      SELECT sequence, line, account_id, layer, amount, currency FROM journal.entry
      WHERE ledger_id = :ledger AND sequence = ANY(:sequences::bigint[]) ORDER BY sequence, line
      """;
  private static final TypeReference<Map<String, @Nullable Object>> METADATA =
      new TypeReference<>() {};

  /// An entry whose account is still an id.
  record EntryRow(
      long sequence, int line, UUID account, EntryLayer layer, long amount, String currency) {

    Entry toModel(String account) {
      return new Entry(
          line,
          account,
          amount > 0 ? Direction.DEBIT : Direction.CREDIT,
          new Money(Math.absExact(amount), CurrencyCode.of(currency)),
          layer.toModel());
    }
  }

  private final JdbcClient jdbc;
  private final JsonMapper json;

  TransactionStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  Optional<Transaction> find(int ledger, TransactionId id) {
    return find(ledger, List.of(id)).stream().findFirst();
  }

  List<Transaction> find(int ledger, Collection<TransactionId> ids) {
    return jdbc.sql(OF_IDS)
        .param("ledger", ledger)
        .param("ids", SqlArrays.texts(ids, TransactionId::uuid))
        .query(this::head)
        .list();
  }

  List<Transaction> ofSubject(int ledger, String subject) {
    return jdbc.sql(OF_SUBJECT)
        .param("ledger", ledger)
        .param("subject", subject)
        .query(this::head)
        .list();
  }

  /// The sequences of transactions that a filter asks for, within a span, in the filter's order.
  List<Long> matching(int ledger, TransactionFilter filter, SearchStore.Span within, int rows) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("first", within.first());
    parameters.put("last", within.last());
    return matching(SEQUENCES_WITHIN, parameters, ledger, filter, rows);
  }

  /// As [#matching], of some that are named.
  List<Long> matchingAmong(
      int ledger, TransactionFilter filter, Collection<Long> sequences, int rows) {
    if (sequences.isEmpty()) {
      return List.of();
    }
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("sequences", SqlArrays.texts(sequences));
    return matching(SEQUENCES_AMONG, parameters, ledger, filter, rows);
  }

  private List<Long> matching(
      String from, Map<String, Object> parameters, int ledger, TransactionFilter filter, int rows) {
    StringBuilder sql = new StringBuilder(from);
    parameters.put("ledger", ledger);
    parameters.put("rows", rows);
    add(sql, parameters, filter.kind(), " AND t.kind = :kind", "kind");
    add(sql, parameters, filter.reference(), " AND t.reference = :reference", "reference");
    add(sql, parameters, filter.from(), " AND t.effective_on >= :from::date", "from");
    add(sql, parameters, filter.to(), " AND t.effective_on <= :to::date", "to");
    if (filter.text() != null) {
      sql.append(" AND (t.description ILIKE :text OR t.reference ILIKE :text)");
      parameters.put("text", '%' + escaped(filter.text()) + '%');
    }
    if (filter.asksForEntries()) {
      addEntryCondition(sql, parameters, filter);
    }
    sql.append(filter.newestFirst() ? " ORDER BY t.sequence DESC" : " ORDER BY t.sequence");
    sql.append(" LIMIT :rows");
    return jdbc.sql(sql.toString()).params(parameters).query(Long.class).list();
  }

  /// Transactions by their sequences.
  Map<Long, Transaction> ofSequences(int ledger, Collection<Long> sequences) {
    Map<Long, Transaction> found = new HashMap<>();
    jdbc.sql(OF_SEQUENCES)
        .param("ledger", ledger)
        .param("sequences", SqlArrays.texts(sequences))
        .query(this::head)
        .list()
        .forEach(head -> found.put(head.sequence(), head));
    return found;
  }

  private static void addEntryCondition(
      StringBuilder sql, Map<String, Object> parameters, TransactionFilter filter) {
    sql.append(
        " AND EXISTS (SELECT FROM journal.entry e"
            + " WHERE e.ledger_id = t.ledger_id AND e.sequence = t.sequence");
    add(sql, parameters, filter.account(), " AND e.account_id = :account::uuid", "account");
    add(
        sql,
        parameters,
        filter.minAmount(),
        " AND abs(e.amount) >= :minAmount::bigint",
        "minAmount");
    add(
        sql,
        parameters,
        filter.maxAmount(),
        " AND abs(e.amount) <= :maxAmount::bigint",
        "maxAmount");
    add(sql, parameters, filter.currency(), " AND e.currency = :currency", "currency");
    // Looked at for each transaction by its key: joined the other way round, it would read all of
    // an account.
    sql.append(" OFFSET 0)");
  }

  private static void add(
      StringBuilder sql,
      Map<String, Object> parameters,
      @Nullable Object value,
      String condition,
      String parameter) {
    if (value != null) {
      sql.append(condition);
      parameters.put(parameter, value instanceof WireName name ? name.wire() : value.toString());
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  /// Entries by the sequence of their transaction, in the order of their lines.
  Map<Long, List<EntryRow>> entries(int ledger, List<Long> sequences) {
    Map<Long, List<EntryRow>> entries = new HashMap<>();
    jdbc.sql(ENTRIES)
        .param("ledger", ledger)
        .param("sequences", SqlArrays.texts(sequences))
        .query(
            row -> {
              EntryRow entry =
                  new EntryRow(
                      row.getLong("sequence"),
                      row.getInt("line"),
                      row.getObject("account_id", UUID.class),
                      EntryLayer.of(row.getInt("layer")),
                      row.getLong("amount"),
                      row.getString("currency"));
              entries.computeIfAbsent(entry.sequence(), s -> new ArrayList<>()).add(entry);
            });
    return entries;
  }

  private Transaction head(ResultSet row, int number) throws SQLException {
    String relatesType = row.getString("relates_type");
    return new Transaction(
        new TransactionId(row.getObject("id", UUID.class)),
        row.getLong("sequence"),
        WireName.parse(TransactionKind.class, row.getString("kind")),
        row.getString("description"),
        row.getObject("effective_on", LocalDate.class),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        row.getString("recorded_by"),
        row.getString("reference"),
        List.of(),
        transactionId(row, "reverses"),
        transactionId(row, "reversal_id"),
        relatesType == null ? null : new Relation(relatesType, row.getString("relates_id")),
        row.getString("proposed_by"),
        row.getString("decided_by"),
        json.readValue(row.getString("metadata"), METADATA));
  }

  private static @Nullable TransactionId transactionId(ResultSet row, String column)
      throws SQLException {
    UUID id = row.getObject(column, UUID.class);
    return id == null ? null : new TransactionId(id);
  }
}
