package io.countersign.server.audit;

import io.countersign.seal.CanonicalForm;
import io.countersign.seal.LeafKind;
import io.countersign.server.api.SealedRecords;
import io.countersign.server.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Brings audit records under the seals. The register's rows are inserted with the records.
@Component
class AuditSealStore implements SealedRecords {

  private static final String WAITING =
      """
      SELECT id FROM audit.sealing WHERE ledger_id = :ledger AND seal IS NULL ORDER BY id LIMIT :limit
      """;
  private static final String MARK =
      """
      UPDATE audit.sealing s SET seal = :seal, position = :first + k.place - 1
      FROM unnest(:ids::text[]) WITH ORDINALITY AS k (id, place)
      WHERE s.ledger_id = :ledger AND s.id = k.id::uuid AND s.seal IS NULL
      """;
  private static final String SEALED =
      """
      SELECT s.position, s.id, r.id IS NOT NULL AS there, r.at, r.actor_id, r.actor, r.actor_kind,
             r.credential, r.address, r.action, r.object_type, r.object_id, r.before_state,
             r.after_state, r.correlation_id
      FROM audit.sealing s
      LEFT JOIN audit.record r ON r.ledger_id = s.ledger_id AND r.id = s.id
      WHERE s.ledger_id = :ledger AND s.seal = :seal AND s.position > :after
      ORDER BY s.position LIMIT :limit
      """;
  private static final String NEWEST =
      "SELECT coalesce(max(seal), 0) FROM audit.sealing WHERE ledger_id = :ledger";
  private static final String UNREGISTERED =
      """
      SELECT r.id FROM audit.record r
      LEFT JOIN audit.sealing s ON s.ledger_id = r.ledger_id AND s.id = r.id
      WHERE r.ledger_id = :ledger AND s.id IS NULL ORDER BY r.id LIMIT 1
      """;

  private final JdbcClient jdbc;

  AuditSealStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public LeafKind kind() {
    return LeafKind.AUDIT_RECORD;
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
        .query(AuditSealStore::sealed)
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
    return key.id().toString();
  }

  private static Sealed sealed(ResultSet row, int number) throws SQLException {
    Key key = new Key(row.getObject("id", UUID.class), 0);
    return new Sealed(row.getInt("position"), key, canonical(key, row));
  }

  private static byte @Nullable [] canonical(Key key, ResultSet row) throws SQLException {
    if (!row.getBoolean("there")) {
      return null;
    }
    return CanonicalForm.of(LeafKind.AUDIT_RECORD.wire())
        .uuid(key.id())
        .instant(row.getObject("at", OffsetDateTime.class).toInstant())
        .uuid(row.getObject("actor_id", UUID.class))
        .text(row.getString("actor"))
        .text(row.getString("actor_kind"))
        .uuid(row.getObject("credential", UUID.class))
        .text(row.getString("address"))
        .text(row.getString("action"))
        .text(row.getString("object_type"))
        .text(row.getString("object_id"))
        .text(row.getString("before_state"))
        .text(row.getString("after_state"))
        .text(row.getString("correlation_id"))
        .toBytes();
  }
}
