package io.countersign.server.approvals;

import io.countersign.model.id.ApprovalId;
import io.countersign.seal.CanonicalForm;
import io.countersign.seal.LeafKind;
import io.countersign.server.api.SealedRecords;
import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Brings proposals under the seals once they have ended, whoever or whatever ended them: from then
/// on they never change. The register's row is inserted with the end.
@Component
class DecisionSealStore implements SealedRecords {

  private static final String WAITING =
      """
      SELECT id FROM approvals.sealing
      WHERE ledger_id = :ledger AND seal IS NULL ORDER BY id LIMIT :limit
      """;
  private static final String MARK =
      """
      UPDATE approvals.sealing s SET seal = :seal, position = :first + k.place - 1
      FROM unnest(:ids::text[]) WITH ORDINALITY AS k (id, place)
      WHERE s.ledger_id = :ledger AND s.id = k.id::uuid AND s.seal IS NULL
      """;
  private static final String SEALED =
      """
      SELECT s.position, s.id, a.id IS NOT NULL AS there, a.kind, a.state, a.proposer_id, a.proposer,
             a.proposed_at, a.expires_at, a.reason, a.content, a.content_hash, a.pins, a.impact,
             a.target, a.relates_type, a.relates_id, a.decider_id, a.decider, a.decided_at, a.comment,
             a.result_type, a.result_id
      FROM approvals.sealing s
      LEFT JOIN approvals.approval a ON a.ledger_id = s.ledger_id AND a.id = s.id
      WHERE s.ledger_id = :ledger AND s.seal = :seal AND s.position > :after
      ORDER BY s.position LIMIT :limit
      """;
  private static final String NEWEST =
      "SELECT coalesce(max(seal), 0) FROM approvals.sealing WHERE ledger_id = :ledger";
  private static final String UNREGISTERED =
      """
      SELECT a.id FROM approvals.approval a
      LEFT JOIN approvals.sealing s ON s.ledger_id = a.ledger_id AND s.id = a.id
      WHERE a.ledger_id = :ledger AND a.state <> 'pending' AND s.id IS NULL ORDER BY a.id LIMIT 1
      """;

  private final JdbcClient jdbc;

  DecisionSealStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public LeafKind kind() {
    return LeafKind.APPROVAL_DECISION;
  }

  @Override
  public List<Key> waiting(int ledger, int limit) {
    return jdbc.sql(WAITING)
        .param("ledger", ledger)
        .param("limit", limit)
        .query((row, number) -> new Key(row.getObject(1, UUID.class), 0))
        .list();
  }

  @Override
  public int mark(int ledger, long seal, int firstPosition, List<Key> keys) {
    return jdbc.sql(MARK)
        .param("ledger", ledger)
        .param("seal", seal)
        .param("first", firstPosition)
        .param("ids", SqlArrays.texts(keys, Key::id))
        .update();
  }

  @Override
  public List<Sealed> sealed(int ledger, long seal, int afterPosition, int limit) {
    return jdbc.sql(SEALED)
        .param("ledger", ledger)
        .param("seal", seal)
        .param("after", afterPosition)
        .param("limit", limit)
        .query(DecisionSealStore::sealed)
        .list();
  }

  @Override
  public long newestSeal(int ledger) {
    return jdbc.sql(NEWEST).param("ledger", ledger).query(Long.class).single();
  }

  @Override
  public Optional<Key> unregistered(int ledger) {
    return jdbc.sql(UNREGISTERED)
        .param("ledger", ledger)
        .query((row, number) -> new Key(row.getObject(1, UUID.class), 0))
        .optional();
  }

  @Override
  public String name(Key key) {
    return new ApprovalId(key.id()).toString();
  }

  private static Sealed sealed(ResultSet row, int number) throws SQLException {
    Key key = new Key(row.getObject("id", UUID.class), 0);
    return new Sealed(row.getInt("position"), key, canonical(key, row));
  }

  private static byte @Nullable [] canonical(Key key, ResultSet row) throws SQLException {
    if (!row.getBoolean("there")) {
      return null;
    }
    return CanonicalForm.of(LeafKind.APPROVAL_DECISION.wire())
        .uuid(key.id())
        .text(row.getString("kind"))
        .text(row.getString("state"))
        .uuid(row.getObject("proposer_id", UUID.class))
        .text(row.getString("proposer"))
        .instant(instant(row, "proposed_at"))
        .instant(instant(row, "expires_at"))
        .text(row.getString("reason"))
        .text(row.getString("content"))
        .text(row.getString("content_hash"))
        .text(row.getString("pins"))
        .text(row.getString("impact"))
        .text(row.getString("target"))
        .text(row.getString("relates_type"))
        .text(row.getString("relates_id"))
        .uuid(row.getObject("decider_id", UUID.class))
        .text(row.getString("decider"))
        .instant(instant(row, "decided_at"))
        .text(row.getString("comment"))
        .text(row.getString("result_type"))
        .text(row.getString("result_id"))
        .toBytes();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
