package io.countersign.server.reconciliation;

import io.countersign.model.CurrencyCode;
import io.countersign.model.WireName;
import io.countersign.model.reconciliation.Statement;
import io.countersign.model.reconciliation.StatementState;
import io.countersign.server.reconciliation.statement.Balance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Component
class StatementStore {

  private static final String INSERT =
      """
      INSERT INTO reconciliation.statement
        (ledger_id, id, import_id, position, source, source_account, format, bank_account, number,
         currency, line_count, opening, opening_on, closing, closing_on, covered_through, state,
         problems, content_hash, duplicate_of, received_at)
      VALUES (:ledger, :id, :import, :position, :source, :account, :format, :bankAccount, :number,
        :currency, :lines, :opening, :openingOn, :closing, :closingOn, :coveredThrough, :state,
        :problems::jsonb, :hash, :duplicateOf, :at)
      """;
  private static final String DECIDE =
      """
      UPDATE reconciliation.statement
      SET state = :state, source_account = :account, problems = :problems::jsonb,
          duplicate_of = :duplicateOf
      WHERE ledger_id = :ledger AND id = :id AND state = 'quarantined'
      """;
  private static final String COLUMNS =
      """
      SELECT id, import_id, position, source, source_account, format, bank_account, number, currency,
             line_count, opening, opening_on, closing, closing_on, covered_through, state, problems,
             content_hash, duplicate_of, received_at
      FROM reconciliation.statement
      WHERE ledger_id = :ledger
      """;
  private static final String BY_ID = COLUMNS + " AND id = :id";
  private static final String BY_IMPORT = COLUMNS + " AND import_id = :import ORDER BY position";
  private static final String BY_CONTENT =
      COLUMNS + " AND source = :source AND content_hash = :hash AND state <> 'duplicate'";
  private static final String PAGE =
      COLUMNS
          + """
           AND (:source::text IS NULL OR source = :source)
           AND (:state::text IS NULL OR state = :state)
           AND (:after::uuid IS NULL OR id < :after::uuid)
          ORDER BY id DESC LIMIT :rows
          """;
  // The statements that end on the last day up to the asked one: banks may send several a day.
  private static final String BEFORE =
      COLUMNS
          + """
           AND source_account = :account AND state = 'accepted' AND closing IS NOT NULL AND id <> :id
           AND closing_on IS NOT DISTINCT FROM (
             SELECT max(p.closing_on) FROM reconciliation.statement p
             WHERE p.ledger_id = :ledger AND p.source_account = :account AND p.state = 'accepted'
               AND p.closing IS NOT NULL AND p.id <> :id
               AND (:through::date IS NULL OR p.closing_on <= :through::date))
          ORDER BY id DESC
          """;
  private static final String UNCHAINED =
      COLUMNS
          + """
           AND source = :source AND state = 'quarantined' AND jsonb_array_length(problems) = 1
           AND problems -> 0 ->> 'code' = :code
          ORDER BY closing_on, id
          """;
  private static final String COVERED_THROUGH =
      """
      SELECT max(coalesce(closing_on, covered_through, received_at::date)) FROM reconciliation.statement
      WHERE ledger_id = :ledger AND source_account = :account AND state = 'accepted'
      """;
  private static final TypeReference<List<Statement.Problem>> PROBLEMS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  StatementStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void insert(int ledger, StatementRow statement) {
    Balance opening = statement.opening();
    Balance closing = statement.closing();
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("id", statement.id())
        .param("import", statement.importId())
        .param("position", statement.position())
        .param("source", statement.source())
        .param("account", statement.account())
        .param("format", statement.format())
        .param("bankAccount", statement.bankAccount())
        .param("number", statement.number())
        .param("currency", statement.currency().toString())
        .param("lines", statement.lineCount())
        .param("opening", opening == null ? null : opening.minorUnits())
        .param("openingOn", opening == null ? null : opening.on())
        .param("closing", closing == null ? null : closing.minorUnits())
        .param("closingOn", closing == null ? null : closing.on())
        .param("coveredThrough", statement.coveredThrough())
        .param("state", statement.state().wire())
        .param("problems", json.writeValueAsString(statement.problems()))
        .param("hash", statement.contentHash())
        .param("duplicateOf", statement.duplicateOf())
        .param("at", statement.receivedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /// Decides about a statement that is quarantined until then.
  void decide(
      int ledger,
      UUID id,
      StatementState state,
      @Nullable UUID account,
      List<Statement.Problem> problems,
      @Nullable UUID duplicateOf) {
    int updated =
        jdbc.sql(DECIDE)
            .param("ledger", ledger)
            .param("id", id)
            .param("state", state.wire())
            .param("account", account)
            .param("problems", json.writeValueAsString(problems))
            .param("duplicateOf", duplicateOf)
            .update();
    if (updated != 1) {
      throw new IllegalStateException("statement " + id + " was decided about twice");
    }
  }

  Optional<StatementRow> find(int ledger, UUID id) {
    return jdbc.sql(BY_ID)
        .param("ledger", ledger)
        .param("id", id)
        .query(this::statement)
        .optional();
  }

  List<StatementRow> ofImport(int ledger, UUID importId) {
    return jdbc.sql(BY_IMPORT)
        .param("ledger", ledger)
        .param("import", importId)
        .query(this::statement)
        .list();
  }

  Optional<StatementRow> withContent(int ledger, String source, String contentHash) {
    return jdbc.sql(BY_CONTENT)
        .param("ledger", ledger)
        .param("source", source)
        .param("hash", contentHash)
        .query(this::statement)
        .optional();
  }

  List<StatementRow> page(
      int ledger,
      @Nullable String source,
      @Nullable StatementState state,
      @Nullable UUID after,
      int rows) {
    return jdbc.sql(PAGE)
        .param("ledger", ledger)
        .param("source", source)
        .param("state", state == null ? null : state.wire())
        .param("after", after)
        .param("rows", rows)
        .query(this::statement)
        .list();
  }

  /// The accepted statements that end last, not after `through`; the newest first.
  List<StatementRow> before(int ledger, UUID account, UUID id, @Nullable LocalDate through) {
    return jdbc.sql(BEFORE)
        .param("ledger", ledger)
        .param("account", account)
        .param("id", id)
        .param("through", through)
        .query(this::statement)
        .list();
  }

  /// Those that are quarantined for one reason alone, and may fit now.
  List<StatementRow> quarantinedFor(int ledger, String source, String code) {
    return jdbc.sql(UNCHAINED)
        .param("ledger", ledger)
        .param("source", source)
        .param("code", code)
        .query(this::statement)
        .list();
  }

  /// The last day that an accepted statement of the account covers.
  Optional<LocalDate> coveredThrough(int ledger, UUID account) {
    return Optional.ofNullable(
        jdbc.sql(COVERED_THROUGH)
            .param("ledger", ledger)
            .param("account", account)
            .query((row, number) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
            .single()
            .orElse(null));
  }

  private StatementRow statement(ResultSet row, int number) throws SQLException {
    return new StatementRow(
        row.getObject("id", UUID.class),
        row.getObject("import_id", UUID.class),
        row.getInt("position"),
        row.getString("source"),
        row.getObject("source_account", UUID.class),
        row.getString("format"),
        row.getString("bank_account"),
        row.getString("number"),
        CurrencyCode.of(row.getString("currency")),
        row.getInt("line_count"),
        balance(row, "opening"),
        balance(row, "closing"),
        row.getObject("covered_through", LocalDate.class),
        WireName.parse(StatementState.class, row.getString("state")),
        json.readValue(row.getString("problems"), PROBLEMS),
        row.getString("content_hash"),
        row.getObject("duplicate_of", UUID.class),
        row.getObject("received_at", OffsetDateTime.class).toInstant());
  }

  private static @Nullable Balance balance(ResultSet row, String column) throws SQLException {
    Long minorUnits = row.getObject(column, Long.class);
    return minorUnits == null
        ? null
        : new Balance(minorUnits, row.getObject(column + "_on", LocalDate.class));
  }
}
