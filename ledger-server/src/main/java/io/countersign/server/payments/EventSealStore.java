package io.countersign.server.payments;

import io.countersign.model.id.PaymentId;
import io.countersign.seal.CanonicalForm;
import io.countersign.seal.JsonText;
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

/// Brings the events of payments under the seals, each with the terms of its payment, which never
/// change either. The register's rows are inserted with the events.
@Component
class EventSealStore implements SealedRecords {

  private static final String WAITING =
      """
      SELECT payment_id, sequence FROM payments.event_sealing
      WHERE ledger_id = :ledger AND seal IS NULL ORDER BY payment_id, sequence LIMIT :limit
      """;
  private static final String MARK =
      """
      UPDATE payments.event_sealing s SET seal = :seal, position = :first + k.place - 1
      FROM unnest(:ids::text[], :numbers::text[]) WITH ORDINALITY AS k (id, number, place)
      WHERE s.ledger_id = :ledger AND s.payment_id = k.id::uuid AND s.sequence = k.number::bigint
        AND s.seal IS NULL
      """;
  private static final String SEALED =
      """
      SELECT s.position, s.payment_id, s.sequence, e.sequence IS NOT NULL AS there, e.at, e.type,
             e.from_state, e.to_state, e.by, e.detail, e.changed::text AS changed, p.amount,
             p.currency, p.merchant_account, p.provider, p.provider_key, p.payment_method,
             p.reference, p.description, p.metadata::text AS metadata, p.saga_id, p.created_by,
             p.created_at
      FROM payments.event_sealing s
      LEFT JOIN payments.event e
        ON e.ledger_id = s.ledger_id AND e.payment_id = s.payment_id AND e.sequence = s.sequence
      LEFT JOIN payments.payment p ON p.ledger_id = s.ledger_id AND p.id = s.payment_id
      WHERE s.ledger_id = :ledger AND s.seal = :seal AND s.position > :after
      ORDER BY s.position LIMIT :limit
      """;
  private static final String NEWEST =
      "SELECT coalesce(max(seal), 0) FROM payments.event_sealing WHERE ledger_id = :ledger";
  private static final String UNREGISTERED =
      """
      SELECT e.payment_id, e.sequence FROM payments.event e
      LEFT JOIN payments.event_sealing s
        ON s.ledger_id = e.ledger_id AND s.payment_id = e.payment_id AND s.sequence = e.sequence
      WHERE e.ledger_id = :ledger AND s.sequence IS NULL ORDER BY e.payment_id, e.sequence LIMIT 1
      """;

  private final JdbcClient jdbc;

  EventSealStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public LeafKind kind() {
    return LeafKind.PAYMENT_EVENT;
  }

  @Override
  public List<Key> waiting(int ledger, int limit) {
    return jdbc.sql(WAITING)
        .param("ledger", ledger)
        .param("limit", limit)
        .query(EventSealStore::key)
        .list();
  }

  @Override
  public int mark(int ledger, long seal, int firstPosition, List<Key> keys) {
    return jdbc.sql(MARK)
        .param("ledger", ledger)
        .param("seal", seal)
        .param("first", firstPosition)
        .param("ids", SqlArrays.texts(keys, Key::id))
        .param("numbers", SqlArrays.texts(keys, Key::number))
        .update();
  }

  @Override
  public List<Sealed> sealed(int ledger, long seal, int afterPosition, int limit) {
    return jdbc.sql(SEALED)
        .param("ledger", ledger)
        .param("seal", seal)
        .param("after", afterPosition)
        .param("limit", limit)
        .query(EventSealStore::sealed)
        .list();
  }

  @Override
  public long newestSeal(int ledger) {
    return jdbc.sql(NEWEST).param("ledger", ledger).query(Long.class).single();
  }

  @Override
  public Optional<Key> unregistered(int ledger) {
    return jdbc.sql(UNREGISTERED).param("ledger", ledger).query(EventSealStore::key).optional();
  }

  @Override
  public String name(Key key) {
    return new PaymentId(key.id()).toString();
  }

  private static Key key(ResultSet row, int number) throws SQLException {
    return new Key(row.getObject("payment_id", UUID.class), row.getLong("sequence"));
  }

  private static Sealed sealed(ResultSet row, int number) throws SQLException {
    Key key = key(row, number);
    return new Sealed(row.getInt("position"), key, canonical(key, row));
  }

  private static byte @Nullable [] canonical(Key key, ResultSet row) throws SQLException {
    if (!row.getBoolean("there") || row.getString("currency") == null) {
      return null;
    }
    return CanonicalForm.of(LeafKind.PAYMENT_EVENT.wire())
        .uuid(key.id())
        .integer(key.number())
        .instant(row.getObject("at", OffsetDateTime.class).toInstant())
        .text(row.getString("type"))
        .text(row.getString("from_state"))
        .text(row.getString("to_state"))
        .text(row.getString("by"))
        .text(row.getString("detail"))
        .text(JsonText.canonical(row.getString("changed")))
        .integer(row.getLong("amount"))
        .text(row.getString("currency"))
        .text(row.getString("merchant_account"))
        .text(row.getString("provider"))
        .text(row.getString("provider_key"))
        .text(row.getString("payment_method"))
        .text(row.getString("reference"))
        .text(row.getString("description"))
        .text(JsonText.canonical(row.getString("metadata")))
        .uuid(row.getObject("saga_id", UUID.class))
        .text(row.getString("created_by"))
        .instant(row.getObject("created_at", OffsetDateTime.class).toInstant())
        .toBytes();
  }
}
