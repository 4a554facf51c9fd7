package io.countersign.server.adjustments;

import io.countersign.model.Relation;
import io.countersign.model.WireName;
import io.countersign.model.approvals.Adjustment;
import io.countersign.model.approvals.AdjustmentState;
import io.countersign.model.id.AdjustmentId;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.EntryRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Component
class AdjustmentStore {

  private static final TypeReference<List<EntryRequest>> ENTRIES = new TypeReference<>() {};

  private static final String INSERT =
      """
      INSERT INTO adjustments.adjustment (ledger_id, id, approval_id, state, reason, description,
          effective_on, entries, relates_type, relates_id, proposed_by, proposed_at)
      VALUES (:ledger, :id, :approval, :state, :reason, :description, :effectiveOn, :entries,
          :relatesType, :relatesId, :proposedBy, :proposedAt)
      """;
  private static final String SELECT =
      """
      SELECT id, approval_id, state, reason, description, effective_on, entries, relates_type,
             relates_id, proposed_by, proposed_at, transaction_id
      FROM adjustments.adjustment
      """;
  private static final String FIND = SELECT + "WHERE ledger_id = :ledger AND id = :id";
  private static final String PAGE =
      SELECT
          + """
          WHERE ledger_id = :ledger AND (:state IS NULL OR state = :state)
            AND (CAST(:after AS uuid) IS NULL OR id < :after)
          ORDER BY id DESC LIMIT :limit
          """;
  private static final String END =
      """
      UPDATE adjustments.adjustment SET state = :state, transaction_id = :transaction
      WHERE ledger_id = :ledger AND id = :id AND state = 'pending_approval'
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  AdjustmentStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void insert(int ledger, Adjustment adjustment) {
    Relation relatesTo = adjustment.relatesTo();
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("id", adjustment.id().uuid())
        .param("approval", adjustment.approvalId().uuid())
        .param("state", adjustment.state().wire())
        .param("reason", adjustment.reason())
        .param("description", adjustment.description())
        .param("effectiveOn", adjustment.effectiveOn())
        .param("entries", json.writeValueAsString(adjustment.entries()))
        .param("relatesType", relatesTo == null ? null : relatesTo.type())
        .param("relatesId", relatesTo == null ? null : relatesTo.id())
        .param("proposedBy", adjustment.proposedBy())
        .param("proposedAt", OffsetDateTime.ofInstant(adjustment.proposedAt(), ZoneOffset.UTC))
        .update();
  }

  Optional<Adjustment> find(int ledger, AdjustmentId id) {
    return jdbc.sql(FIND)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(this::adjustment)
        .optional();
  }

  List<Adjustment> page(
      int ledger, @Nullable AdjustmentState state, @Nullable UUID after, int limit) {
    return jdbc.sql(PAGE)
        .param("ledger", ledger)
        .param("state", state == null ? null : state.wire(), Types.VARCHAR)
        .param("after", after, Types.OTHER)
        .param("limit", limit)
        .query(this::adjustment)
        .list();
  }

  void end(
      int ledger, AdjustmentId id, AdjustmentState state, @Nullable TransactionId transaction) {
    int updated =
        jdbc.sql(END)
            .param("state", state.wire())
            .param("transaction", transaction == null ? null : transaction.uuid(), Types.OTHER)
            .param("ledger", ledger)
            .param("id", id.uuid())
            .update();
    if (updated != 1) {
      throw new IllegalStateException("the adjustment " + id + " is not pending");
    }
  }

  private Adjustment adjustment(ResultSet row, int number) throws SQLException {
    String relatesType = row.getString("relates_type");
    UUID transaction = row.getObject("transaction_id", UUID.class);
    return new Adjustment(
        new AdjustmentId(row.getObject("id", UUID.class)),
        new ApprovalId(row.getObject("approval_id", UUID.class)),
        WireName.parse(AdjustmentState.class, row.getString("state")),
        row.getString("reason"),
        row.getString("description"),
        row.getObject("effective_on", LocalDate.class),
        json.readValue(row.getString("entries"), ENTRIES),
        relatesType == null ? null : new Relation(relatesType, row.getString("relates_id")),
        row.getString("proposed_by"),
        row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
        transaction == null ? null : new TransactionId(transaction));
  }
}
