package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.model.WireName;
import io.countersign.model.id.HoldId;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.RefundState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class RefundStore {

  private static final String SELECT =
      """
      SELECT r.id, r.payment_id, r.amount, p.currency, r.reason, r.if_charged, r.requested_by,
             r.saga_id, r.approval_id, r.created_at, r.state, r.hold_id, r.sent_at,
             r.provider_reference, r.decline_code, r.checks, r.version
      FROM payments.refund r
      JOIN payments.payment p ON p.ledger_id = r.ledger_id AND p.id = r.payment_id
      WHERE r.ledger_id = :ledger
      """;
  private static final String FIND = SELECT + " AND r.id = :id";
  private static final String LOCK = FIND + " FOR UPDATE OF r";
  private static final String BY_PROVIDER_KEY =
      SELECT + " AND p.provider = :provider AND r.provider_key = :key";
  private static final String OF_PAYMENTS =
      SELECT + " AND r.payment_id IN (:payments) ORDER BY r.id";
  private static final String INSERT =
      """
      INSERT INTO payments.refund (ledger_id, id, payment_id, amount, reason, if_charged,
          requested_by, provider_key, saga_id, approval_id, created_at, state, hold_id, sent_at,
          provider_reference, decline_code, checks, updated_at, version)
      VALUES (:ledger, :id, :payment, :amount, :reason, :ifCharged,
          :requestedBy, :providerKey, :saga, :approval, :createdAt, :state, :hold, :sentAt,
          :providerReference, :declineCode, :checks, :now, :version)
      """;
  private static final String UPDATE =
      """
      UPDATE payments.refund
      SET state = :state, hold_id = :hold, sent_at = :sentAt,
          provider_reference = :providerReference, decline_code = :declineCode, checks = :checks,
          updated_at = :now, version = version + 1
      WHERE ledger_id = :ledger AND id = :id AND version = :version
      """;

  private final JdbcClient jdbc;

  RefundStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<RefundRow> find(int ledger, RefundId id) {
    return jdbc.sql(FIND)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(RefundStore::row)
        .optional();
  }

  Optional<RefundRow> lock(int ledger, RefundId id) {
    return jdbc.sql(LOCK)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(RefundStore::row)
        .optional();
  }

  Optional<RefundRow> byProviderKey(int ledger, String provider, String key) {
    return jdbc.sql(BY_PROVIDER_KEY)
        .param("ledger", ledger)
        .param("provider", provider)
        .param("key", key)
        .query(RefundStore::row)
        .optional();
  }

  /// In the order in which they were asked for.
  List<RefundRow> ofPayments(int ledger, Collection<PaymentId> payments) {
    if (payments.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(OF_PAYMENTS)
        .param("ledger", ledger)
        .param("payments", payments.stream().map(PaymentId::uuid).toList())
        .query(RefundStore::row)
        .list();
  }

  void insert(int ledger, RefundRow refund, Instant now) {
    bind(jdbc.sql(INSERT), ledger, refund, now)
        .param("payment", refund.payment().uuid())
        .param("amount", refund.amount().minorUnits())
        .param("reason", refund.reason())
        .param("ifCharged", refund.ifCharged())
        .param("requestedBy", refund.requestedBy())
        .param("providerKey", refund.key().value())
        .param("saga", refund.saga().uuid())
        .param("approval", refund.approval())
        .param("createdAt", utc(refund.createdAt()))
        .update();
  }

  /// @param refund as it shall be, with the version it was read at
  /// @return whether nobody else had changed it
  boolean update(int ledger, RefundRow refund, Instant now) {
    return bind(jdbc.sql(UPDATE), ledger, refund, now).update() == 1;
  }

  private static JdbcClient.StatementSpec bind(
      JdbcClient.StatementSpec statement, int ledger, RefundRow refund, Instant now) {
    HoldId hold = refund.hold();
    Instant sentAt = refund.sentAt();
    return statement
        .param("ledger", ledger)
        .param("id", refund.id().uuid())
        .param("state", refund.state().wire())
        .param("hold", hold == null ? null : hold.uuid())
        .param("sentAt", sentAt == null ? null : utc(sentAt))
        .param("providerReference", refund.providerReference())
        .param("declineCode", refund.declineCode())
        .param("checks", refund.checks())
        .param("now", utc(now))
        .param("version", refund.version());
  }

  private static RefundRow row(ResultSet row, int number) throws SQLException {
    UUID hold = row.getObject("hold_id", UUID.class);
    return new RefundRow(
        new RefundId(row.getObject("id", UUID.class)),
        new PaymentId(row.getObject("payment_id", UUID.class)),
        Money.of(row.getLong("amount"), row.getString("currency")),
        row.getString("reason"),
        row.getBoolean("if_charged"),
        row.getString("requested_by"),
        new SagaId(row.getObject("saga_id", UUID.class)),
        row.getObject("approval_id", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        WireName.parse(RefundState.class, row.getString("state")),
        hold == null ? null : new HoldId(hold),
        instant(row, "sent_at"),
        row.getString("provider_reference"),
        row.getString("decline_code"),
        row.getInt("checks"),
        row.getLong("version"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
