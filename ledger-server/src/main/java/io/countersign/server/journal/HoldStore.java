package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.id.HoldId;
import io.countersign.model.id.TransactionId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class HoldStore {

  private static final String INSERT =
      """
      INSERT INTO journal.hold
        (ledger_id, id, from_account, to_account, amount, currency, description, opened_by)
      VALUES (:ledger, :id, :from, :to, :amount, :currency, :description, :openedBy)
      """;
  private static final String FIND =
      """
      SELECT from_account, to_account, amount, currency, description FROM journal.hold
      WHERE ledger_id = :ledger AND id = :id
      """;
  // Waits for a racing end to commit; who inserts first decides how the hold ends.
  private static final String END =
      """
      INSERT INTO journal.hold_end (ledger_id, hold_id, outcome, captured, ended_by)
      VALUES (:ledger, :hold, :outcome, :captured, :endedBy)
      ON CONFLICT (ledger_id, hold_id) DO NOTHING
      """;
  private static final String OUTCOME =
      "SELECT outcome FROM journal.hold_end WHERE ledger_id = :ledger AND hold_id = :hold";

  private final JdbcClient jdbc;

  HoldStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(int ledger, Hold hold, TransactionId openedBy) {
    jdbc.sql(INSERT)
        .param("ledger", ledger)
        .param("id", hold.id().uuid())
        .param("from", hold.from())
        .param("to", hold.to())
        .param("amount", hold.amount().minorUnits())
        .param("currency", hold.amount().currency().toString())
        .param("description", hold.description())
        .param("openedBy", openedBy.uuid())
        .update();
  }

  Optional<Hold> find(int ledger, HoldId id) {
    return jdbc.sql(FIND)
        .param("ledger", ledger)
        .param("id", id.uuid())
        .query(
            (row, number) ->
                new Hold(
                    id,
                    row.getString("from_account"),
                    row.getString("to_account"),
                    Money.of(row.getLong("amount"), row.getString("currency")),
                    row.getString("description")))
        .optional();
  }

  boolean end(int ledger, HoldId hold, HoldOutcome outcome, long captured, TransactionId endedBy) {
    return jdbc.sql(END)
            .param("ledger", ledger)
            .param("hold", hold.uuid())
            .param("outcome", outcome.wire())
            .param("captured", captured)
            .param("endedBy", endedBy.uuid())
            .update()
        == 1;
  }

  Optional<String> outcome(int ledger, HoldId hold) {
    return jdbc.sql(OUTCOME)
        .param("ledger", ledger)
        .param("hold", hold.uuid())
        .query(String.class)
        .optional();
  }
}
