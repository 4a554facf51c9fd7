package io.countersign.server.approvals;

import io.countersign.model.Relation;
import io.countersign.model.WireName;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.id.ApprovalId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ApprovalStore {

  private static final String INSERT =
      """
      INSERT INTO approvals.approval (ledger_id, id, kind, state, proposer_id, proposer, proposed_at,
          expires_at, reason, content, content_hash, pins, impact, target, relates_type, relates_id)
      VALUES (:ledger, :id, :kind, 'pending', :proposerId, :proposer, :proposedAt,
          :expiresAt, :reason, :content, :contentHash, :pins, :impact, :target, :relatesType,
          :relatesId)
      ON CONFLICT (ledger_id, kind, target) WHERE state = 'pending' AND target IS NOT NULL DO NOTHING
      """;
  private static final String SELECT =
      """
      SELECT ledger_id, id, kind, state, proposer_id, proposer, proposed_at, expires_at, reason,
             content, content_hash, pins, impact, target, relates_type, relates_id, decider_id,
             decider, decided_at, comment, result_type, result_id
      FROM approvals.approval
      """;
  private static final String FIND = SELECT + "WHERE ledger_id = :ledger AND id = :id";
  private static final String LOCK = FIND + " FOR NO KEY UPDATE";
  private static final String LOCK_PENDING_OF_TARGET =
      SELECT
          + """
          WHERE ledger_id = :ledger AND kind = :kind AND target = :target AND state = 'pending'
          FOR NO KEY UPDATE
          """;
  // A state as it is now: the sweep that writes expiry down may be late.
  private static final String MATCHING =
      """
      WHERE ledger_id = :ledger
        AND (:state IS NULL
             OR state = :state AND (state <> 'pending' OR expires_at > :now)
             OR :state = 'expired' AND state = 'pending' AND expires_at <= :now)
        AND (:kind IS NULL OR kind = :kind)
        AND (:proposedBy IS NULL OR proposer = :proposedBy)
      """;
  private static final String PAGE =
      SELECT
          + MATCHING
          + "AND (CAST(:after AS uuid) IS NULL OR id < :after) ORDER BY id DESC LIMIT :limit";
  private static final String COUNT = "SELECT count(*) FROM approvals.approval " + MATCHING;
  // In one statement with the end, so that none escapes the seals.
  private static final String END =
      """
      WITH ended AS (
        UPDATE approvals.approval
        SET state = :state, decider_id = :deciderId, decider = :decider, decided_at = :decidedAt,
            comment = :comment, impact = :impact, result_type = :resultType, result_id = :resultId
        WHERE ledger_id = :ledger AND id = :id AND state = 'pending'
        RETURNING ledger_id, id
      )
      INSERT INTO approvals.sealing (ledger_id, id) SELECT ledger_id, id FROM ended
      """;
  private static final String OVERDUE =
      """
      SELECT ledger_id, id FROM approvals.approval
      WHERE state = 'pending' AND expires_at <= :now ORDER BY expires_at LIMIT :limit
      """;

  /// Names one proposal.
  record Key(int ledger, ApprovalId id) {}

  private final JdbcClient jdbc;

  ApprovalStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// @return false when a proposal of this kind and target is pending
  boolean insert(ApprovalRow row) {
    Relation relatesTo = row.relatesTo();
    return jdbc.sql(INSERT)
            .param("ledger", row.ledger())
            .param("id", row.id().uuid())
            .param("kind", row.kind().wire())
            .param("proposerId", row.proposerId())
            .param("proposer", row.proposer())
            .param("proposedAt", utc(row.proposedAt()))
            .param("expiresAt", utc(row.expiresAt()))
            .param("reason", row.reason())
            .param("content", row.content())
            .param("contentHash", row.contentHash())
            .param("pins", row.pins())
            .param("impact", row.impact())
            .param("target", row.target())
            .param("relatesType", relatesTo == null ? null : relatesTo.type())
            .param("relatesId", relatesTo == null ? null : relatesTo.id())
            .update()
        == 1;
  }

  Optional<ApprovalRow> find(int ledger, ApprovalId id) {
    return one(FIND, ledger, id);
  }

  Optional<ApprovalRow> lock(int ledger, ApprovalId id) {
    return one(LOCK, ledger, id);
  }

  Optional<ApprovalRow> lockPending(int ledger, ApprovalKind kind, String target) {
    return jdbc.sql(LOCK_PENDING_OF_TARGET)
        .param("ledger", ledger)
        .param("kind", kind.wire())
        .param("target", target)
        .query(ApprovalStore::row)
        .optional();
  }

  List<ApprovalRow> page(
      int ledger, ApprovalFilter filter, @Nullable UUID after, int limit, Instant now) {
    return matching(PAGE, ledger, filter, now)
        .param("after", after, Types.OTHER)
        .param("limit", limit)
        .query(ApprovalStore::row)
        .list();
  }

  long count(int ledger, ApprovalFilter filter, Instant now) {
    return matching(COUNT, ledger, filter, now).query(Long.class).single();
  }

  /// Writes how a pending proposal ended; its row is locked.
  void end(ApprovalRow ended) {
    Relation result = ended.result();
    int updated =
        jdbc.sql(END)
            .param("state", ended.state().wire())
            .param("deciderId", ended.deciderId(), Types.OTHER)
            .param("decider", ended.decider())
            .param("decidedAt", utc(ended.decidedAt()))
            .param("comment", ended.comment())
            .param("impact", ended.impact())
            .param("resultType", result == null ? null : result.type())
            .param("resultId", result == null ? null : result.id())
            .param("ledger", ended.ledger())
            .param("id", ended.id().uuid())
            .update();
    if (updated != 1) {
      throw new IllegalStateException("the locked proposal " + ended.id() + " is not pending");
    }
  }

  List<Key> overdue(Instant now, int limit) {
    return jdbc.sql(OVERDUE)
        .param("now", utc(now))
        .param("limit", limit)
        .query(
            (row, number) ->
                new Key(row.getInt("ledger_id"), new ApprovalId(row.getObject("id", UUID.class))))
        .list();
  }

  private JdbcClient.StatementSpec matching(
      String sql, int ledger, ApprovalFilter filter, Instant now) {
    return jdbc.sql(sql)
        .param("ledger", ledger)
        .param("state", filter.state() == null ? null : filter.state().wire(), Types.VARCHAR)
        .param("kind", filter.kind() == null ? null : filter.kind().wire(), Types.VARCHAR)
        .param("proposedBy", filter.proposedBy(), Types.VARCHAR)
        .param("now", utc(now));
  }

  private Optional<ApprovalRow> one(String sql, int ledger, ApprovalId id) {
    return jdbc.sql(sql)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(ApprovalStore::row)
        .optional();
  }

  private static ApprovalRow row(ResultSet row, int number) throws SQLException {
    return new ApprovalRow(
        row.getInt("ledger_id"),
        new ApprovalId(row.getObject("id", UUID.class)),
        WireName.parse(ApprovalKind.class, row.getString("kind")),
        WireName.parse(ApprovalState.class, row.getString("state")),
        row.getObject("proposer_id", UUID.class),
        row.getString("proposer"),
        row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        row.getString("reason"),
        row.getString("content"),
        row.getString("content_hash"),
        row.getString("pins"),
        row.getString("impact"),
        row.getString("target"),
        relation(row, "relates"),
        row.getObject("decider_id", UUID.class),
        row.getString("decider"),
        instant(row, "decided_at"),
        row.getString("comment"),
        relation(row, "result"));
  }

  private static @Nullable Relation relation(ResultSet row, String column) throws SQLException {
    String id = row.getString(column + "_id");
    return id == null ? null : new Relation(row.getString(column + "_type"), id);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
