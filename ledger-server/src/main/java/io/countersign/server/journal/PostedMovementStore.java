package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.id.TransactionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Component
class PostedMovementStore {

  private static final String MOVEMENTS =
      """
      SELECT t.sequence, t.id, t.description, t.reference, t.effective_on, t.recorded_at, t.reverses,
             t.relates_type, t.relates_id, t.metadata, m.amount, m.currency
      FROM (SELECT sequence, currency, sum(amount)::bigint AS amount
            FROM journal.entry
            WHERE ledger_id = :ledger AND account_id = :account AND layer = 0 AND sequence > :after
            GROUP BY sequence, currency HAVING sum(amount) <> 0
            ORDER BY sequence LIMIT :rows) m
      JOIN journal.transaction t ON t.ledger_id = :ledger AND t.sequence = m.sequence
      ORDER BY t.sequence
      """;
  private static final TypeReference<Map<String, @Nullable Object>> METADATA =
      new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  PostedMovementStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  List<PostedMovement> of(int ledger, UUID account, long after, int rows) {
    return jdbc.sql(MOVEMENTS)
        .param("ledger", ledger)
        .param("account", account)
        .param("after", after)
        .param("rows", rows)
        .query(this::movement)
        .list();
  }

  private PostedMovement movement(ResultSet row, int number) throws SQLException {
    UUID reverses = row.getObject("reverses", UUID.class);
    String relatesType = row.getString("relates_type");
    return new PostedMovement(
        new TransactionId(row.getObject("id", UUID.class)),
        row.getLong("sequence"),
        Money.of(row.getLong("amount"), row.getString("currency")),
        row.getString("description"),
        row.getString("reference"),
        row.getObject("effective_on", LocalDate.class),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        reverses == null ? null : new TransactionId(reverses),
        relatesType == null ? null : new Relation(relatesType, row.getString("relates_id")),
        json.readValue(row.getString("metadata"), METADATA));
  }
}
