package io.countersign.server.payments;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.WireName;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.SagaId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.PaymentState;
import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
class PaymentStore {

  private static final String SELECT =
      """
      SELECT id, amount, currency, merchant_account, provider, provider_key, payment_method,
             reference, description, metadata, saga_id, created_by, created_at, state, sends, sent_at,
             charged_at, provider_reference, decline_code, posting_refused, resolution_proposed_by,
             resolution_decided_by, refunded, checks,
             next_check_at, owner, transactions, updated_at, version
      FROM payments.payment WHERE ledger_id = :ledger
      """;
  private static final String FIND = SELECT + " AND id = :id";
  private static final String LOCK = FIND + " FOR UPDATE";
  private static final String BY_PROVIDER_KEY =
      SELECT + " AND provider = :provider AND provider_key = :key";
  private static final String COUNT =
      "SELECT count(*) FROM payments.payment WHERE ledger_id = :ledger";
  private static final String INSERT =
      """
      INSERT INTO payments.payment (ledger_id, id, amount, currency, merchant_account, provider,
          provider_key, payment_method, reference, description, metadata, saga_id, created_by,
          created_at, state, sends, sent_at, charged_at, provider_reference, decline_code,
          posting_refused, resolution_proposed_by, resolution_decided_by, refunded, checks,
          next_check_at, owner, transactions, updated_at, version)
      VALUES (:ledger, :id, :amount, :currency, :merchantAccount, :provider,
          :providerKey, :paymentMethod, :reference, :description, :metadata::jsonb, :saga, :createdBy,
          :createdAt, :state, :sends, :sentAt, :chargedAt, :providerReference, :declineCode,
          :postingRefused, :proposedBy, :decidedBy, :refunded, :checks, :nextCheckAt, :owner, :transactions::jsonb, :updatedAt,
          :version)
      """;
  private static final String UPDATE =
      """
      UPDATE payments.payment
      SET state = :state, sends = :sends, sent_at = :sentAt, charged_at = :chargedAt,
          provider_reference = :providerReference, decline_code = :declineCode,
          posting_refused = :postingRefused, resolution_proposed_by = :proposedBy,
          resolution_decided_by = :decidedBy, refunded = :refunded, checks = :checks,
          next_check_at = :nextCheckAt, owner = :owner, transactions = :transactions::jsonb,
          updated_at = :updatedAt, version = version + 1
      WHERE ledger_id = :ledger AND id = :id AND version = :version
      """;
  // In one statement with the event, so that none escapes the seals.
  private static final String APPEND =
      """
      WITH appended AS (
        INSERT INTO payments.event
          (ledger_id, payment_id, sequence, at, type, from_state, to_state, by, detail, changed)
        SELECT :ledger, :payment, sequence, at::timestamptz, type, from_state, to_state, by, detail,
               changed::jsonb
        FROM unnest(:sequences::bigint[], :at::text[], :types::text[], :from::text[], :to::text[],
                    :by::text[], :details::text[], :changed::text[])
          AS e (sequence, at, type, from_state, to_state, by, detail, changed)
        RETURNING ledger_id, payment_id, sequence
      )
      INSERT INTO payments.event_sealing (ledger_id, payment_id, sequence)
      SELECT ledger_id, payment_id, sequence FROM appended
      """;
  private static final String EVENTS =
      """
      SELECT sequence, at, type, from_state, to_state, by, detail, changed FROM payments.event
      WHERE ledger_id = :ledger AND payment_id = :payment ORDER BY sequence
      """;
  private static final String HISTORIES =
      """
      SELECT payment_id, sequence, at, type, from_state, to_state, by, detail, changed
      FROM payments.event
      WHERE ledger_id = :ledger AND payment_id = ANY(:payments::uuid[])
      ORDER BY payment_id, sequence
      """;
  private static final TypeReference<Map<String, @Nullable Object>> METADATA =
      new TypeReference<>() {};
  private static final TypeReference<List<TransactionId>> TRANSACTIONS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  PaymentStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  Optional<PaymentRow> find(int ledger, PaymentId id) {
    return jdbc.sql(FIND)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(this::row)
        .optional();
  }

  Optional<PaymentRow> lock(int ledger, PaymentId id) {
    return jdbc.sql(LOCK)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(this::row)
        .optional();
  }

  Optional<PaymentRow> byProviderKey(int ledger, String provider, String key) {
    return jdbc.sql(BY_PROVIDER_KEY)
        .param("ledger", ledger)
        .param("provider", provider)
        .param("key", key)
        .query(this::row)
        .optional();
  }

  List<PaymentRow> page(
      int ledger, PaymentFilter filter, PaymentFilter.@Nullable Place after, int rows) {
    Map<String, Object> parameters = new HashMap<>();
    StringBuilder sql = new StringBuilder(SELECT);
    addConditions(sql, parameters, ledger, filter);
    if (after != null) {
      sql.append(filter.sort().afterCondition());
      parameters.put("afterId", after.id());
      parameters.put("afterAmount", after.amount());
    }
    parameters.put("rows", rows);
    sql.append(filter.sort().order()).append(" LIMIT :rows");
    return jdbc.sql(sql.toString()).params(parameters).query(this::row).list();
  }

  long count(int ledger, PaymentFilter filter) {
    Map<String, Object> parameters = new HashMap<>();
    StringBuilder sql = new StringBuilder(COUNT);
    addConditions(sql, parameters, ledger, filter);
    return jdbc.sql(sql.toString()).params(parameters).query(Long.class).single();
  }

  private static void addConditions(
      StringBuilder sql, Map<String, Object> parameters, int ledger, PaymentFilter filter) {
    parameters.put("ledger", ledger);
    PaymentState state = filter.state();
    add(sql, parameters, state == null ? null : state.wire(), " AND state = :state", "state");
    add(sql, parameters, filter.provider(), " AND provider = :provider", "provider");
    add(sql, parameters, filter.reference(), " AND reference = :reference", "reference");
    add(
        sql,
        parameters,
        filter.providerReference(),
        " AND provider_reference = :providerReference",
        "providerReference");
    Instant createdBefore = filter.createdBefore();
    add(
        sql,
        parameters,
        createdBefore == null ? null : utc(createdBefore),
        " AND created_at < :createdBefore",
        "createdBefore");
    add(sql, parameters, filter.minAmount(), " AND amount >= :minAmount", "minAmount");
    add(sql, parameters, filter.owner(), " AND owner = :owner", "owner");
  }

  private static void add(
      StringBuilder sql,
      Map<String, Object> parameters,
      @Nullable Object value,
      String condition,
      String parameter) {
    if (value != null) {
      sql.append(condition);
      parameters.put(parameter, value);
    }
  }

  void insert(int ledger, PaymentRow payment) {
    PaymentTerms terms = payment.terms();
    bind(jdbc.sql(INSERT), ledger, payment)
        .param("amount", terms.amount().minorUnits())
        .param("currency", terms.amount().currency().toString())
        .param("merchantAccount", terms.merchantAccount())
        .param("provider", terms.provider())
        .param("providerKey", terms.providerKey())
        .param("paymentMethod", terms.paymentMethod())
        .param("reference", terms.reference())
        .param("description", terms.description())
        .param("metadata", json.writeValueAsString(terms.metadata()))
        .param("saga", terms.saga().uuid())
        .param("createdBy", terms.createdBy())
        .param("createdAt", utc(terms.createdAt()))
        .update();
  }

  /// @param payment as it shall be, with the version it was read at
  /// @return whether nobody else had changed it
  boolean update(int ledger, PaymentRow payment) {
    return bind(jdbc.sql(UPDATE), ledger, payment).update() == 1;
  }

  void append(int ledger, PaymentId payment, List<RecordedEvent> recorded) {
    List<PaymentEvent> events = recorded.stream().map(RecordedEvent::event).toList();
    jdbc.sql(APPEND)
        .param("ledger", ledger)
        .param("payment", payment.uuid())
        .param("sequences", SqlArrays.longs(events, PaymentEvent::sequence))
        .param("at", SqlArrays.texts(events, PaymentEvent::at))
        .param("types", SqlArrays.texts(events, PaymentEvent::type))
        .param("from", SqlArrays.texts(events, it -> wire(it.from())))
        .param("to", SqlArrays.texts(events, it -> wire(it.to())))
        .param("by", SqlArrays.texts(events, PaymentEvent::by))
        .param("details", SqlArrays.texts(events, PaymentEvent::detail))
        .param("changed", SqlArrays.texts(recorded, it -> StatusJson.write(it.changed())))
        .update();
  }

  private static @Nullable String wire(@Nullable PaymentState state) {
    return state == null ? null : state.wire();
  }

  List<RecordedEvent> events(int ledger, PaymentId payment) {
    return jdbc.sql(EVENTS)
        .param("ledger", ledger)
        .param("payment", payment.uuid())
        .query(PaymentStore::event)
        .list();
  }

  /// All payments, one page after the other.
  List<PaymentRow> pageById(int ledger, @Nullable PaymentId after, int rows) {
    UUID beginning = new UUID(0, 0);
    return jdbc.sql(SELECT + " AND id > :after ORDER BY id LIMIT :rows")
        .param("ledger", ledger)
        .param("after", after == null ? beginning : after.uuid())
        .param("rows", rows)
        .query(this::row)
        .list();
  }

  Map<PaymentId, List<RecordedEvent>> histories(int ledger, List<PaymentId> payments) {
    Map<PaymentId, List<RecordedEvent>> histories = new HashMap<>();
    jdbc.sql(HISTORIES)
        .param("ledger", ledger)
        .param("payments", SqlArrays.texts(payments.stream().map(PaymentId::uuid).toList()))
        .query(
            row -> {
              PaymentId payment = new PaymentId(row.getObject("payment_id", UUID.class));
              histories
                  .computeIfAbsent(payment, it -> new ArrayList<>())
                  .add(event(row, row.getRow()));
            });
    return histories;
  }

  private JdbcClient.StatementSpec bind(
      JdbcClient.StatementSpec statement, int ledger, PaymentRow payment) {
    PaymentStatus status = payment.status();
    return statement
        .param("ledger", ledger)
        .param("id", payment.id().uuid())
        .param("state", status.state().wire())
        .param("sends", status.sends())
        .param("sentAt", utcOrNull(status.sentAt()))
        .param("chargedAt", utcOrNull(status.chargedAt()))
        .param("providerReference", status.providerReference())
        .param("declineCode", status.declineCode())
        .param("postingRefused", status.postingRefused())
        .param("proposedBy", status.proposedBy())
        .param("decidedBy", status.decidedBy())
        .param("refunded", status.refunded())
        .param("checks", status.checks())
        .param("nextCheckAt", utcOrNull(status.nextCheckAt()))
        .param("owner", status.owner())
        .param("transactions", json.writeValueAsString(status.transactions()))
        .param("updatedAt", utc(status.updatedAt()))
        .param("version", payment.version());
  }

  private PaymentRow row(ResultSet row, int number) throws SQLException {
    PaymentTerms terms =
        new PaymentTerms(
            new PaymentId(row.getObject("id", UUID.class)),
            new Money(row.getLong("amount"), CurrencyCode.of(row.getString("currency"))),
            row.getString("merchant_account"),
            row.getString("provider"),
            row.getString("provider_key"),
            row.getString("payment_method"),
            row.getString("reference"),
            row.getString("description"),
            json.readValue(row.getString("metadata"), METADATA),
            new SagaId(row.getObject("saga_id", UUID.class)),
            row.getString("created_by"),
            row.getObject("created_at", OffsetDateTime.class).toInstant());
    PaymentStatus status =
        new PaymentStatus(
            WireName.parse(PaymentState.class, row.getString("state")),
            row.getInt("sends"),
            instant(row, "sent_at"),
            instant(row, "charged_at"),
            row.getString("provider_reference"),
            row.getString("decline_code"),
            row.getString("posting_refused"),
            row.getString("resolution_proposed_by"),
            row.getString("resolution_decided_by"),
            row.getLong("refunded"),
            row.getInt("checks"),
            instant(row, "next_check_at"),
            row.getString("owner"),
            json.readValue(row.getString("transactions"), TRANSACTIONS),
            row.getObject("updated_at", OffsetDateTime.class).toInstant());
    return new PaymentRow(terms, status, row.getLong("version"));
  }

  private static RecordedEvent event(ResultSet row, int number) throws SQLException {
    return new RecordedEvent(
        new PaymentEvent(
            row.getLong("sequence"),
            row.getObject("at", OffsetDateTime.class).toInstant(),
            row.getString("type"),
            state(row, "from_state"),
            state(row, "to_state"),
            row.getString("by"),
            row.getString("detail")),
        StatusJson.read(row.getString("changed")));
  }

  private static @Nullable PaymentState state(ResultSet row, String column) throws SQLException {
    String state = row.getString(column);
    return state == null ? null : WireName.parse(PaymentState.class, state);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static @Nullable OffsetDateTime utcOrNull(@Nullable Instant instant) {
    return instant == null ? null : utc(instant);
  }

  private static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
