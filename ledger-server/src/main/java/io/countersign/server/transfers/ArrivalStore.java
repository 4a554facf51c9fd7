package io.countersign.server.transfers;

import io.countersign.model.id.SagaId;
import io.countersign.model.id.TransactionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ArrivalStore {

  // Waits for whoever is deciding the same transfer and has not committed yet.
  private static final String CLAIM =
      """
      INSERT INTO transfers.arrival (ledger_id, saga_id, from_ledger_id, decided_at)
      VALUES (:ledger, :saga, :fromLedger, :now)
      ON CONFLICT (ledger_id, saga_id) DO NOTHING
      """;
  private static final String DECIDE =
      """
      UPDATE transfers.arrival SET transaction_id = :transaction, refusal = :refusal
      WHERE ledger_id = :ledger AND saga_id = :saga AND transaction_id IS NULL AND refusal IS NULL
      """;
  private static final String FIND =
      """
      SELECT transaction_id, refusal FROM transfers.arrival
      WHERE ledger_id = :ledger AND saga_id = :saga
      """;

  private final JdbcClient jdbc;

  ArrivalStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// @return whether the caller decides; otherwise it has been decided and is to be read
  boolean claim(int ledger, SagaId saga, int fromLedger, Instant now) {
    return jdbc.sql(CLAIM)
            .param("ledger", ledger)
            .param("saga", saga.uuid())
            .param("fromLedger", fromLedger)
            .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
            .update()
        == 1;
  }

  /// @return whether it was undecided
  boolean decide(int ledger, SagaId saga, Arrival arrival) {
    return jdbc.sql(DECIDE)
            .param("ledger", ledger)
            .param("saga", saga.uuid())
            .param(
                "transaction",
                arrival instanceof Arrival.Posted posted ? posted.transaction().uuid() : null)
            .param("refusal", arrival instanceof Arrival.Refused refused ? refused.why() : null)
            .update()
        == 1;
  }

  Arrival get(int ledger, SagaId saga) {
    return jdbc.sql(FIND)
        .param("ledger", ledger)
        .param("saga", saga.uuid())
        .query(ArrivalStore::arrival)
        .single();
  }

  private static Arrival arrival(ResultSet row, int number) throws SQLException {
    UUID transaction = row.getObject("transaction_id", UUID.class);
    return transaction == null
        ? new Arrival.Refused(row.getString("refusal"))
        : new Arrival.Posted(new TransactionId(transaction));
  }
}
