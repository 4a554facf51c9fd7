package io.countersign.server.transfers;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
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
class DepartureStore {

  private static final String INSERT =
      """
      INSERT INTO transfers.departure (ledger_id, saga_id, account, to_ledger_id, to_account,
          minor_units, currency, description, requested_by, created_at)
      VALUES (:ledger, :saga, :account, :toLedger, :toAccount,
          :minorUnits, :currency, :description, :requestedBy, :now)
      """;
  private static final String FIND =
      """
      SELECT saga_id, account, to_ledger_id, to_account, minor_units, currency, description,
             requested_by, transaction_id
      FROM transfers.departure WHERE ledger_id = :ledger AND saga_id = :saga
      """;
  private static final String LOCK = FIND + " FOR UPDATE";
  private static final String POSTED =
      """
      UPDATE transfers.departure SET transaction_id = :transaction
      WHERE ledger_id = :ledger AND saga_id = :saga AND transaction_id IS NULL
      """;

  private final JdbcClient jdbc;

  DepartureStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(int ledger, Departure departure, Instant now) {
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("saga", departure.saga().uuid())
        .param("account", departure.account())
        .param("toLedger", departure.toLedger())
        .param("toAccount", departure.toAccount())
        .param("minorUnits", departure.amount().minorUnits())
        .param("currency", departure.amount().currency().toString())
        .param("description", departure.description())
        .param("requestedBy", departure.requestedBy())
        .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
        .update();
  }

  /// Every saga of a transfer has one.
  Departure get(int ledger, SagaId saga) {
    return read(FIND, ledger, saga);
  }

  /// Locks it to the end of the transaction; whoever moves the transfer waits here.
  Departure lock(int ledger, SagaId saga) {
    return read(LOCK, ledger, saga);
  }

  /// @return whether it had no transaction before
  boolean posted(int ledger, SagaId saga, TransactionId transaction) {
    return jdbc.sql(POSTED)
            .param("ledger", ledger)
            .param("saga", saga.uuid())
            .param("transaction", transaction.uuid())
            .update()
        == 1;
  }

  private Departure read(String sql, int ledger, SagaId saga) {
    return jdbc.sql(sql)
        .param("ledger", ledger)
        .param("saga", saga.uuid())
        .query(DepartureStore::departure)
        .single();
  }

  private static Departure departure(ResultSet row, int number) throws SQLException {
    UUID transaction = row.getObject("transaction_id", UUID.class);
    return new Departure(
        new SagaId(row.getObject("saga_id", UUID.class)),
        row.getString("account"),
        row.getInt("to_ledger_id"),
        row.getString("to_account"),
        new Money(row.getLong("minor_units"), CurrencyCode.of(row.getString("currency"))),
        row.getString("description"),
        row.getString("requested_by"),
        transaction == null ? null : new TransactionId(transaction));
  }
}
