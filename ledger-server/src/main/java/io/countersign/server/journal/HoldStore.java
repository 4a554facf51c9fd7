package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.WireName;
import io.countersign.model.id.HoldId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.HoldState;
import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class HoldStore {

  private static final String INSERT =
      """
      INSERT INTO journal.hold
        (ledger_id, id, from_account, to_account, amount, currency, description, reference,
         expires_at, from_layer, to_layer, opened_by)
      VALUES (:ledger, :id, :from, :to, :amount, :currency, :description, :reference,
              :expiresAt::timestamptz, :fromLayer, :toLayer, :openedBy)
      """;
  private static final String ROWS =
      """
      SELECT h.id, h.from_account, h.to_account, h.amount, h.currency, h.description, h.reference,
             h.expires_at, h.from_layer, h.to_layer, h.opened_by,
             e.outcome, e.captured, e.ended_by
      FROM journal.hold h
      LEFT JOIN journal.hold_end e ON e.ledger_id = h.ledger_id AND e.hold_id = h.id
      WHERE h.ledger_id = :ledger
      """;
  private static final String FIND = ROWS + " AND h.id = :id";
  private static final String OF_IDS = ROWS + " AND h.id = ANY(:ids::uuid[]) ORDER BY h.id";
  // Waits for a racing end to commit; who inserts first decides how the hold ends. Sorted, so that
  // two who end several holds never wait for each other.
  private static final String END =
      """
      INSERT INTO journal.hold_end (ledger_id, hold_id, outcome, captured, ended_by)
      SELECT :ledger, hold::uuid, outcome, captured::bigint, ended_by::uuid
      FROM unnest(:holds::text[], :outcomes::text[], :captured::text[], :endedBy::text[])
        AS ended (hold, outcome, captured, ended_by)
      ORDER BY hold::uuid
      ON CONFLICT (ledger_id, hold_id) DO NOTHING
      """;
  private static final String INSERT_DUE =
      """
      INSERT INTO journal.hold_due (ledger_id, expires_at, hold_id)
      VALUES (:ledger, :expiresAt, :hold)
      """;
  private static final String IS_ANY_DUE =
      """
      SELECT EXISTS (SELECT FROM journal.hold_due WHERE ledger_id = :ledger AND expires_at <= :now)
      """;
  private static final String LOCK_DUE =
      """
      SELECT hold_id FROM journal.hold_due
      WHERE ledger_id = :ledger AND expires_at <= :now
      ORDER BY expires_at, hold_id LIMIT :bite FOR UPDATE SKIP LOCKED
      """;
  private static final String DELETE_DUE =
      """
      DELETE FROM journal.hold_due d
      USING unnest(:expiresAt::timestamptz[], :holds::uuid[]) AS gone (expires_at, hold_id)
      WHERE d.ledger_id = :ledger AND d.expires_at = gone.expires_at AND d.hold_id = gone.hold_id
      """;

  private final JdbcClient jdbc;

  HoldStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(int ledger, HoldRow hold) {
    HoldTerms terms = hold.terms();
    Instant expiresAt = terms.expiresAt();
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("id", hold.id().uuid())
        .param("from", terms.from())
        .param("to", terms.to())
        .param("amount", terms.amount().minorUnits())
        .param("currency", terms.amount().currency().toString())
        .param("description", terms.description())
        .param("reference", terms.reference())
        .param("expiresAt", expiresAt == null ? null : expiresAt.toString())
        .param("fromLayer", hold.fromLayer().number())
        .param("toLayer", hold.toLayer().number())
        .param("openedBy", hold.openedBy().uuid())
        .update();
  }

  Optional<HoldRow> find(int ledger, HoldId id) {
    return jdbc.sql(FIND)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(HoldStore::row)
        .optional();
  }

  /// @return how many of them were the first end of their hold
  int end(int ledger, List<HoldRow> ended) {
    return jdbc.sql(END)
        .param("ledger", ledger)
        .param("holds", SqlArrays.texts(ended, hold -> hold.id().uuid()))
        .param("outcomes", SqlArrays.texts(ended, hold -> hold.state().wire()))
        .param("captured", SqlArrays.texts(ended, hold -> end(hold).captured()))
        .param("endedBy", SqlArrays.texts(ended, hold -> end(hold).endedBy().uuid()))
        .update();
  }

  void insertDue(int ledger, HoldRow hold) {
    jdbc.sql(INSERT_DUE)
        .param("ledger", ledger)
        .param("expiresAt", at(hold.expiresAt()))
        .param("hold", hold.id().uuid())
        .update();
  }

  boolean isAnyDue(int ledger, Instant now) {
    return jdbc.sql(IS_ANY_DUE)
        .param("ledger", ledger)
        .param("now", at(now))
        .query(Boolean.class)
        .single();
  }

  /// Locks up to `bite` due rows that nobody else has locked, the oldest first, and reads their
  /// holds, ended or not, in a later statement.
  List<HoldRow> lockDue(int ledger, Instant now, int bite) {
    List<UUID> ids =
        jdbc.sql(LOCK_DUE)
            .param("ledger", ledger)
            .param("now", at(now))
            .param("bite", bite)
            .query(UUID.class)
            .list();
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql(OF_IDS)
            .param("ledger", ledger)
            .param("ids", SqlArrays.texts(ids))
            .query(HoldStore::row)
            .list();
  }

  int deleteDue(int ledger, List<HoldRow> holds) {
    return jdbc.sql(DELETE_DUE)
        .param("ledger", ledger)
        .param("expiresAt", SqlArrays.texts(holds, HoldRow::expiresAt))
        .param("holds", SqlArrays.texts(holds, hold -> hold.id().uuid()))
        .update();
  }

  private static HoldRow.End end(HoldRow hold) {
    return Objects.requireNonNull(hold.end(), "an end is stored for a hold that has one");
  }

  private static HoldRow row(ResultSet row, int number) throws SQLException {
    OffsetDateTime expiresAt = row.getObject("expires_at", OffsetDateTime.class);
    return new HoldRow(
        new HoldId(row.getObject("id", UUID.class)),
        new HoldTerms(
            row.getString("from_account"),
            row.getString("to_account"),
            Money.of(row.getLong("amount"), row.getString("currency")),
            row.getString("description"),
            row.getString("reference"),
            expiresAt == null ? null : expiresAt.toInstant()),
        EntryLayer.of(row.getInt("from_layer")),
        EntryLayer.of(row.getInt("to_layer")),
        new TransactionId(row.getObject("opened_by", UUID.class)),
        endOf(row));
  }

  private static HoldRow.@Nullable End endOf(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    return outcome == null
        ? null
        : new HoldRow.End(
            WireName.parse(HoldState.class, outcome),
            row.getLong("captured"),
            new TransactionId(row.getObject("ended_by", UUID.class)));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
