package io.countersign.server.reconciliation.cases;

import io.countersign.model.CurrencyCode;
import io.countersign.model.WireName;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.id.LineId;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.reconciliation.Candidate;
import io.countersign.model.reconciliation.ExceptionCategory;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.Resolution;
import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Component
class CaseStore {

  private static final String INSERT =
      """
      INSERT INTO reconciliation.exception_case
        (ledger_id, id, subject, category, state, source, source_account, amount, currency, difference,
         opened_at, due_at, candidates, words, payment, version)
      SELECT :ledger, id, subject, category, 'open', source, account, amount, currency, difference,
             :at, due_at, candidates, words, payment, 1
      FROM unnest(:ids::uuid[], :subjects::text[], :categories::text[], :sources::text[],
                  :accounts::uuid[], :amounts::bigint[], :currencies::text[], :differences::bigint[],
                  :dueAt::timestamptz[], :candidates::jsonb[], :words::text[],
                  :payments::uuid[])
        AS c (id, subject, category, source, account, amount, currency, difference, due_at, candidates,
              words, payment)
      """;
  private static final String INSERT_OPENING =
      """
      INSERT INTO reconciliation.exception_event
        (ledger_id, case_id, number, at, by, type, from_state, to_state, detail)
      SELECT :ledger, id, 1, :at, 'system', 'opened', NULL, 'open', category
      FROM unnest(:ids::uuid[], :categories::text[]) AS c (id, category)
      """;
  private static final String INSERT_ITEMS =
      """
      INSERT INTO reconciliation.exception_item (ledger_id, case_id, item, kind)
      SELECT :ledger, case_id, item, kind
      FROM unnest(:cases::uuid[], :items::uuid[], :kinds::text[]) AS i (case_id, item, kind)
      ON CONFLICT (ledger_id, case_id, item) DO NOTHING
      """;
  private static final String DELETE_ITEMS =
      "DELETE FROM reconciliation.exception_item WHERE ledger_id = :ledger AND case_id = :id";
  private static final String COLUMNS =
      """
      SELECT c.id, c.subject, c.category, c.state, c.source, c.source_account, c.amount, c.currency,
             c.difference, c.opened_at, c.due_at, c.assignee, c.candidates, c.version, c.resolution,
             c.payment, c.approval_id
      FROM reconciliation.exception_case c
      WHERE c.ledger_id = :ledger
      """;
  private static final String BY_ID = COLUMNS + " AND c.id = :id";
  private static final String BY_IDS = COLUMNS + " AND c.id = ANY(:ids::uuid[]) ORDER BY c.id";
  private static final String LOCKED = BY_ID + " FOR NO KEY UPDATE OF c";
  private static final String BY_SUBJECTS =
      COLUMNS
          + " AND c.state <> 'resolved' AND c.subject = ANY(:subjects) ORDER BY c.id FOR NO KEY"
          + " UPDATE OF c";
  private static final String BY_ITEMS =
      COLUMNS
          + """
           AND c.state <> 'resolved' AND c.source = :source AND EXISTS (
             SELECT FROM reconciliation.exception_item i
             WHERE i.ledger_id = c.ledger_id AND i.case_id = c.id AND i.item = ANY(:items::uuid[]))
          ORDER BY c.id FOR NO KEY UPDATE OF c
          """;
  private static final String BY_MATCH =
      COLUMNS
          + " AND c.state = 'resolved' AND c.resolution ->> 'matchId' = :match ORDER BY c.id FOR NO"
          + " KEY UPDATE OF c";
  private static final String ITEMS =
      """
      SELECT case_id, item, kind FROM reconciliation.exception_item
      WHERE ledger_id = :ledger AND case_id = ANY(:ids::uuid[]) ORDER BY case_id, item
      """;
  private static final String CHANGE =
      """
      UPDATE reconciliation.exception_case
      SET state = :state, assignee = :assignee, resolution = :resolution::jsonb, approval_id = NULL,
          version = version + 1
      WHERE ledger_id = :ledger AND id = :id AND version = :version
      """;
  private static final String AWAIT =
      """
      UPDATE reconciliation.exception_case
      SET state = 'awaiting_approval', approval_id = :approval, version = version + 1
      WHERE ledger_id = :ledger AND id = :id AND version = :version
      """;
  private static final String AWAITING =
      COLUMNS + " AND c.state = 'awaiting_approval' ORDER BY c.approval_id";
  private static final String RECATEGORISE =
      """
      UPDATE reconciliation.exception_case
      SET category = :category, amount = :amount, difference = :difference,
          candidates = :candidates::jsonb, words = :words, version = version + 1
      WHERE ledger_id = :ledger AND id = :id AND version = :version
      """;
  private static final String UNRESOLVED =
      """
      SELECT count(*) FROM reconciliation.exception_case
      WHERE ledger_id = :ledger AND source = :source AND state <> 'resolved'
      """;
  private static final String ABOUT_PAYMENT =
      """
      SELECT count(*) FROM reconciliation.exception_case
      WHERE ledger_id = :ledger AND payment = :payment AND category = :category
      """;
  private static final TypeReference<List<Candidate>> CANDIDATES = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  CaseStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// Opens many at once; that there is no second unresolved one about a subject is held by a key.
  void insert(int ledger, Map<ExceptionId, RaisedCase> raised, Instant at) {
    List<RaisedCase> cases = List.copyOf(raised.values());
    var ids = SqlArrays.texts(raised.keySet(), ExceptionId::uuid);
    var categories = SqlArrays.texts(cases, it -> it.category().wire());
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("ids", ids)
        .param("subjects", SqlArrays.texts(cases, it -> it.subject().text()))
        .param("categories", categories)
        .param("sources", SqlArrays.texts(cases, RaisedCase::source))
        .param("accounts", SqlArrays.texts(cases, RaisedCase::account))
        .param("amounts", SqlArrays.texts(cases, RaisedCase::amount))
        .param("currencies", SqlArrays.texts(cases, RaisedCase::currency))
        .param("differences", SqlArrays.texts(cases, RaisedCase::difference))
        .param("dueAt", SqlArrays.texts(cases, RaisedCase::dueAt))
        .param("candidates", SqlArrays.texts(cases, it -> json.writeValueAsString(it.candidates())))
        .param("words", SqlArrays.texts(cases, RaisedCase::words))
        .param("payments", SqlArrays.texts(cases, CaseStore::payment))
        .update();
    jdbc.sql(INSERT_OPENING)
        .param("ledger", ledger)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("ids", ids)
        .param("categories", categories)
        .update();
    insertItems(ledger, raised);
  }

  private static @Nullable UUID payment(RaisedCase raised) {
    PaymentId payment = raised.payment();
    return payment == null ? null : payment.uuid();
  }

  private record Item(UUID exception, UUID item, String kind) {}

  private void insertItems(int ledger, Map<ExceptionId, RaisedCase> raised) {
    List<Item> items = new ArrayList<>();
    raised.forEach(
        (id, it) -> {
          it.lines().forEach(line -> items.add(new Item(id.uuid(), line.uuid(), "line")));
          it.transactions()
              .forEach(txn -> items.add(new Item(id.uuid(), txn.uuid(), "transaction")));
        });
    jdbc.sql(INSERT_ITEMS)
        .param("ledger", ledger)
        .param("cases", SqlArrays.texts(items, Item::exception))
        .param("items", SqlArrays.texts(items, Item::item))
        .param("kinds", SqlArrays.texts(items, Item::kind))
        .update();
  }

  /// Says anew what an exception is about; its state and its owner stay.
  void recategorise(int ledger, CaseRow seen, RaisedCase now) {
    counted(
        seen,
        jdbc.sql(RECATEGORISE)
            .param("ledger", ledger)
            .param("id", seen.id().uuid())
            .param("version", seen.version())
            .param("category", now.category().wire())
            .param("amount", now.amount())
            .param("difference", now.difference())
            .param("candidates", json.writeValueAsString(now.candidates()))
            .param("words", now.words())
            .update());
    jdbc.sql(DELETE_ITEMS).param("ledger", ledger).param("id", seen.id().uuid()).update();
    insertItems(ledger, Map.of(seen.id(), now));
  }

  /// Writes a change of state that was decided on `seen`.
  void change(
      int ledger,
      CaseRow seen,
      ExceptionState state,
      @Nullable String assignee,
      @Nullable Resolution resolution) {
    counted(
        seen,
        jdbc.sql(CHANGE)
            .param("ledger", ledger)
            .param("id", seen.id().uuid())
            .param("version", seen.version())
            .param("state", state.wire())
            .param("assignee", assignee)
            .param("resolution", resolution == null ? null : json.writeValueAsString(resolution))
            .update());
  }

  /// Writes that it waits for a proposal to be decided.
  void await(int ledger, CaseRow seen, ApprovalId approval) {
    counted(
        seen,
        jdbc.sql(AWAIT)
            .param("ledger", ledger)
            .param("id", seen.id().uuid())
            .param("version", seen.version())
            .param("approval", approval.uuid())
            .update());
  }

  private static void counted(CaseRow seen, int updated) {
    if (updated != 1) {
      throw new IllegalStateException(
          seen.id() + " changed while it was locked at version " + seen.version());
    }
  }

  Optional<CaseRow> find(int ledger, ExceptionId id) {
    return read(ledger, jdbc.sql(BY_ID).param("id", id.uuid())).stream().findFirst();
  }

  /// In the order of their ids.
  List<CaseRow> ofIds(int ledger, Collection<ExceptionId> ids) {
    return read(ledger, jdbc.sql(BY_IDS).param("ids", SqlArrays.texts(ids, ExceptionId::uuid)));
  }

  /// Locks it until the caller's transaction ends.
  Optional<CaseRow> lock(int ledger, ExceptionId id) {
    return read(ledger, jdbc.sql(LOCKED).param("id", id.uuid())).stream().findFirst();
  }

  /// The unresolved ones about these subjects, locked in the order of their ids.
  List<CaseRow> lockSubjects(int ledger, Collection<Subject> subjects) {
    return read(
        ledger, jdbc.sql(BY_SUBJECTS).param("subjects", SqlArrays.texts(subjects, Subject::text)));
  }

  /// Those that await a decision, in the order of their proposals; not locked.
  List<CaseRow> awaiting(int ledger) {
    return read(ledger, jdbc.sql(AWAITING));
  }

  /// The unresolved ones of a source that hold any of these lines or transactions.
  List<CaseRow> holding(int ledger, String source, Collection<UUID> items) {
    return read(
        ledger, jdbc.sql(BY_ITEMS).param("source", source).param("items", SqlArrays.texts(items)));
  }

  /// Those that a match resolved, locked.
  List<CaseRow> lockResolvedBy(int ledger, String match) {
    return read(ledger, jdbc.sql(BY_MATCH).param("match", match));
  }

  List<CaseRow> query(int ledger, String conditions, Map<String, Object> parameters) {
    return read(ledger, jdbc.sql(COLUMNS + conditions).params(parameters));
  }

  /// Whether there ever was one of this category about a payment.
  boolean hadOne(int ledger, PaymentId payment, ExceptionCategory category) {
    return jdbc.sql(ABOUT_PAYMENT)
            .param("ledger", ledger)
            .param("payment", payment.uuid())
            .param("category", category.wire())
            .query(Long.class)
            .single()
        > 0;
  }

  long unresolved(int ledger, String source) {
    return jdbc.sql(UNRESOLVED)
        .param("ledger", ledger)
        .param("source", source)
        .query(Long.class)
        .single();
  }

  private List<CaseRow> read(int ledger, JdbcClient.StatementSpec statement) {
    List<CaseRow> heads = statement.param("ledger", ledger).query(this::head).list();
    Map<UUID, List<LineId>> lines = new HashMap<>();
    Map<UUID, List<TransactionId>> transactions = new HashMap<>();
    jdbc.sql(ITEMS)
        .param("ledger", ledger)
        .param("ids", SqlArrays.texts(heads, it -> it.id().uuid()))
        .query(
            row -> {
              UUID id = row.getObject("case_id", UUID.class);
              UUID item = row.getObject("item", UUID.class);
              if (row.getString("kind").equals("line")) {
                lines.computeIfAbsent(id, k -> new ArrayList<>()).add(new LineId(item));
              } else {
                transactions
                    .computeIfAbsent(id, k -> new ArrayList<>())
                    .add(new TransactionId(item));
              }
            });
    return heads.stream()
        .map(
            it ->
                it.with(
                    lines.getOrDefault(it.id().uuid(), List.of()),
                    transactions.getOrDefault(it.id().uuid(), List.of())))
        .toList();
  }

  private CaseRow head(ResultSet row, int number) throws SQLException {
    String currency = row.getString("currency");
    String resolution = row.getString("resolution");
    UUID payment = row.getObject("payment", UUID.class);
    UUID approval = row.getObject("approval_id", UUID.class);
    return new CaseRow(
        new ExceptionId(row.getObject("id", UUID.class)),
        row.getString("subject"),
        WireName.parse(ExceptionCategory.class, row.getString("category")),
        WireName.parse(ExceptionState.class, row.getString("state")),
        row.getString("source"),
        row.getObject("source_account", UUID.class),
        row.getObject("amount", Long.class),
        currency == null ? null : CurrencyCode.of(currency),
        row.getObject("difference", Long.class),
        row.getObject("opened_at", OffsetDateTime.class).toInstant(),
        row.getObject("due_at", OffsetDateTime.class).toInstant(),
        row.getString("assignee"),
        json.readValue(row.getString("candidates"), CANDIDATES),
        row.getLong("version"),
        resolution == null ? null : json.readValue(resolution, Resolution.class),
        payment == null ? null : new PaymentId(payment),
        approval == null ? null : new ApprovalId(approval),
        List.of(),
        List.of());
  }
}
