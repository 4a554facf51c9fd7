package io.countersign.server.outbox.delivery;

import io.countersign.model.WireName;
import io.countersign.model.id.EventId;
import io.countersign.model.webhooks.DeliveryState;
import io.countersign.model.webhooks.WebhookDelivery;
import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The queues of the endpoints. A row that is claimed is not due until its lease is over, so what a
/// killed server was at is taken up by another.
@Component
class DeliveryStore {

  /// A delivery with its place in its endpoint's list.
  record Numbered(long number, WebhookDelivery delivery) {}

  /// How many are waiting, and how many were given up.
  record Counts(long pending, long dead) {}

  /// The same over all endpoints that are enabled.
  record Totals(long pending, long dead, @Nullable Instant oldestPending) {}

  // The first of its object alone: whatever holds that one up, holds up those behind it. A row that
  // another server is claiming is still pending for us, so those behind it stay where they are.
  // The look-ups by key are written so that no plan can turn them into joins: queues grow faster
  // than PostgreSQL counts them.
  private static final String LOCK_DUE =
      """
      SELECT d.number, d.event_id, e.type, d.subject, e.data, e.occurred_at, d.queued_at,
             d.attempts + 1 AS attempts
      FROM (
        SELECT c.number, c.event_id, c.subject, c.queued_at, c.attempts
        FROM outbox.delivery c
        WHERE c.ledger_id = :ledger AND c.endpoint_id = :endpoint AND c.state = 'pending'
          AND c.next_attempt_at <= :now
          AND c.number = (
            SELECT min(b.number) FROM outbox.delivery b
            WHERE b.ledger_id = :ledger AND b.endpoint_id = :endpoint AND b.state = 'pending'
              AND b.subject = c.subject)
        ORDER BY c.next_attempt_at, c.number LIMIT :bite
        FOR UPDATE SKIP LOCKED) d
      CROSS JOIN LATERAL (
        SELECT type, data, occurred_at FROM outbox.event
        WHERE ledger_id = :ledger AND id = d.event_id LIMIT 1) e
      """;
  private static final String CLAIM =
      """
      UPDATE outbox.delivery
      SET claim = :claim, attempts = attempts + 1, next_attempt_at = :lease
      WHERE ledger_id = :ledger AND endpoint_id = :endpoint AND number = ANY (:numbers::bigint[])
      """;
  private static final String MINE =
      """
      WHERE ledger_id = :ledger AND endpoint_id = :endpoint AND number = :number
        AND state = 'pending' AND claim = :claim
      """;
  private static final String FINISH =
      """
      UPDATE outbox.delivery
      SET state = :state, finished_at = :now, claim = NULL, last_status = :status,
          last_error = :error
      """
          + MINE;
  private static final String PUT_OFF =
      """
      UPDATE outbox.delivery
      SET next_attempt_at = :next, claim = NULL, last_status = :status, last_error = :error
      """
          + MINE;
  // Those behind need not be looked at before the first is.
  private static final String PUT_OFF_BEHIND =
      """
      UPDATE outbox.delivery SET next_attempt_at = :next
      WHERE ledger_id = :ledger AND endpoint_id = :endpoint AND subject = :subject
        AND number > :number AND state = 'pending' AND next_attempt_at < :next
      """;
  // What was put off because of the one before it; a row with an attempt has a time of its own.
  private static final String CALL_UP_BEHIND =
      """
      UPDATE outbox.delivery SET next_attempt_at = :now
      WHERE ledger_id = :ledger AND endpoint_id = :endpoint AND subject = :subject
        AND number > :number AND state = 'pending' AND attempts = 0 AND next_attempt_at > :now
      """;
  private static final String ROWS =
      """
      SELECT d.number, d.event_id, e.type, d.subject, e.occurred_at, d.state, d.attempts,
             d.next_attempt_at, d.last_status, d.last_error, d.finished_at
      FROM outbox.delivery d JOIN outbox.event e ON e.ledger_id = d.ledger_id AND e.id = d.event_id
      WHERE d.ledger_id = :ledger AND d.endpoint_id = :endpoint
      """;
  private static final String PAGE =
      ROWS
          + """
           AND (:state::text IS NULL OR d.state = :state) AND d.number < :before
          ORDER BY d.number DESC LIMIT :limit
          """;
  // By its number, which is how an endpoint's rows are keyed.
  private static final String OF_EVENT =
      ROWS
          + """
           AND d.number = (
             SELECT number FROM outbox.event WHERE ledger_id = :ledger AND id = :event)
          """;
  private static final String OF_EVENT_LOCKED = OF_EVENT + " FOR UPDATE OF d";
  private static final String REPLAY =
      """
      UPDATE outbox.delivery
      SET state = 'pending', queued_at = :now, attempts = 0, next_attempt_at = :now, claim = NULL,
          finished_at = NULL
      WHERE ledger_id = :ledger AND endpoint_id = :endpoint AND number = :number
        AND state <> 'pending'
      """;
  private static final String HURRY =
      """
      UPDATE outbox.delivery SET next_attempt_at = :now
      WHERE ledger_id = :ledger AND endpoint_id = :endpoint AND number = :number
        AND state = 'pending' AND claim IS NULL AND next_attempt_at > :now
      """;
  private static final String COUNTS =
      """
      SELECT (SELECT count(*) FROM outbox.delivery
              WHERE ledger_id = :ledger AND endpoint_id = :endpoint AND state = 'pending'),
             (SELECT count(*) FROM outbox.delivery
              WHERE ledger_id = :ledger AND endpoint_id = :endpoint AND state = 'dead')
      """;
  private static final String TOTALS =
      """
      SELECT coalesce(sum(c.pending), 0), coalesce(sum(c.dead), 0), min(c.oldest)
      FROM outbox.endpoint p CROSS JOIN LATERAL (
        SELECT (SELECT count(*) FROM outbox.delivery d
                WHERE d.ledger_id = p.ledger_id AND d.endpoint_id = p.id AND d.state = 'pending')
                 AS pending,
               (SELECT count(*) FROM outbox.delivery d
                WHERE d.ledger_id = p.ledger_id AND d.endpoint_id = p.id AND d.state = 'dead')
                 AS dead,
               (SELECT min(d.queued_at) FROM outbox.delivery d
                WHERE d.ledger_id = p.ledger_id AND d.endpoint_id = p.id AND d.state = 'pending')
                 AS oldest) c
      WHERE p.state = 'enabled'
      """;

  private final JdbcClient jdbc;

  DeliveryStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Claims up to `bite` that are due, each the first of its object.
  ///
  /// @param lease until when nobody else takes them
  List<Due> claim(EndpointKey endpoint, UUID claim, int bite, Instant now, Instant lease) {
    List<Due> due =
        about(endpoint, LOCK_DUE)
            .param("bite", bite)
            .param("now", at(now))
            .query((row, number) -> due(row, claim))
            .list();
    if (!due.isEmpty()
        && about(endpoint, CLAIM)
                .param("claim", claim)
                .param("lease", at(lease))
                .param("numbers", SqlArrays.texts(due, Due::number))
                .update()
            != due.size()) {
      throw new IllegalStateException("a delivery went away under its lock");
    }
    return due;
  }

  /// @return false when the claim is another's by now
  boolean finish(
      EndpointKey endpoint,
      Due due,
      DeliveryState state,
      @Nullable Integer status,
      @Nullable String error,
      Instant now) {
    boolean finished =
        of(endpoint, due, FINISH)
                .param("claim", due.claim())
                .param("state", state.wire())
                .param("status", status)
                .param("error", error)
                .param("now", at(now))
                .update()
            == 1;
    if (finished && due.attempts() > 1) {
      of(endpoint, due, CALL_UP_BEHIND)
          .param("subject", due.subject())
          .param("now", at(now))
          .update();
    }
    return finished;
  }

  /// @return false when the claim is another's by now
  boolean putOff(
      EndpointKey endpoint, Due due, @Nullable Integer status, String error, Instant next) {
    boolean putOff =
        of(endpoint, due, PUT_OFF)
                .param("claim", due.claim())
                .param("status", status)
                .param("error", error)
                .param("next", at(next))
                .update()
            == 1;
    if (putOff) {
      of(endpoint, due, PUT_OFF_BEHIND)
          .param("subject", due.subject())
          .param("next", at(next))
          .update();
    }
    return putOff;
  }

  /// The newest first.
  List<Numbered> page(EndpointKey endpoint, @Nullable DeliveryState state, long before, int limit) {
    return about(endpoint, PAGE)
        .param("state", state == null ? null : state.wire())
        .param("before", before)
        .param("limit", limit)
        .query(DeliveryStore::numbered)
        .list();
  }

  Optional<Numbered> find(EndpointKey endpoint, EventId event) {
    return about(endpoint, OF_EVENT)
        .param("event", event.uuid())
        .query(DeliveryStore::numbered)
        .optional();
  }

  /// Locks it until the caller's transaction ends.
  Optional<Numbered> lock(EndpointKey endpoint, EventId event) {
    return about(endpoint, OF_EVENT_LOCKED)
        .param("event", event.uuid())
        .query(DeliveryStore::numbered)
        .optional();
  }

  /// Queues one that has ended again.
  boolean replay(EndpointKey endpoint, long number, Instant now) {
    return about(endpoint, REPLAY).param("number", number).param("now", at(now)).update() == 1;
  }

  /// Makes one due now, unless it is under way.
  boolean hurry(EndpointKey endpoint, long number, Instant now) {
    return about(endpoint, HURRY).param("number", number).param("now", at(now)).update() == 1;
  }

  Counts counts(EndpointKey endpoint) {
    return about(endpoint, COUNTS)
        .query((row, number) -> new Counts(row.getLong(1), row.getLong(2)))
        .single();
  }

  Totals totals() {
    return jdbc.sql(TOTALS)
        .query(
            (row, number) -> new Totals(row.getLong(1), row.getLong(2), instantOrNull(row, "min")))
        .single();
  }

  private JdbcClient.StatementSpec about(EndpointKey endpoint, String sql) {
    return jdbc.sql(sql).param("ledger", endpoint.ledger()).param("endpoint", endpoint.id().uuid());
  }

  private JdbcClient.StatementSpec of(EndpointKey endpoint, Due due, String sql) {
    return about(endpoint, sql).param("number", due.number());
  }

  private static Due due(ResultSet row, UUID claim) throws SQLException {
    return new Due(
        claim,
        row.getLong("number"),
        new EventId(row.getObject("event_id", UUID.class)),
        row.getString("type"),
        row.getString("subject"),
        row.getString("data"),
        instant(row, "occurred_at"),
        instant(row, "queued_at"),
        row.getInt("attempts"));
  }

  private static Numbered numbered(ResultSet row, int number) throws SQLException {
    DeliveryState state = WireName.parse(DeliveryState.class, row.getString("state"));
    return new Numbered(
        row.getLong("number"),
        new WebhookDelivery(
            new EventId(row.getObject("event_id", UUID.class)),
            row.getString("type"),
            row.getString("subject"),
            instant(row, "occurred_at"),
            state,
            row.getInt("attempts"),
            state == DeliveryState.PENDING ? instant(row, "next_attempt_at") : null,
            row.getObject("last_status", Integer.class),
            row.getString("last_error"),
            instantOrNull(row, "finished_at")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
