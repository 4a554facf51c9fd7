package io.countersign.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// PostgreSQL itself refuses to change the books, whatever this server asks of it.
@TestInstance(Lifecycle.PER_CLASS)
class AppendOnlyTest {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String INTEGRITY_CONSTRAINT_VIOLATION = "23000";

  private TestDatabase database;

  @BeforeAll
  void open() {
    database = TestPostgres.fresh();
  }

  @AfterAll
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE journal.transaction SET description = ''",
        "UPDATE journal.entry SET amount = 1",
        "DELETE FROM journal.transaction",
        "DELETE FROM journal.entry",
        "TRUNCATE journal.transaction",
        "TRUNCATE journal.entry",
        "UPDATE audit.record SET action = ''",
        "UPDATE audit.sealing SET id = id",
        "DELETE FROM audit.sealing",
        "DELETE FROM seals.seal",
        "UPDATE seals.leaf_list SET leaves = ''",
        "ALTER TABLE journal.entry DISABLE TRIGGER ALL",
        "DROP TABLE journal.entry",
        "CREATE TABLE journal.mine (n integer)",
        "CREATE TABLE public.mine (n integer)"
      })
  void the_application_role_cannot(String statement) {
    refused(database.jdbc(), statement, INSUFFICIENT_PRIVILEGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE journal.transaction SET description = ''",
        "UPDATE journal.entry SET amount = 1",
        "DELETE FROM journal.transaction",
        "DELETE FROM journal.entry",
        "TRUNCATE journal.transaction",
        "TRUNCATE journal.entry",
        "UPDATE audit.record SET action = ''",
        "DELETE FROM audit.sealing",
        "DELETE FROM approvals.sealing",
        "DELETE FROM payments.event",
        "DELETE FROM payments.event_sealing",
        "UPDATE seals.seal SET number = 1",
        "DELETE FROM seals.seal",
        "TRUNCATE seals.leaf_list"
      })
  void not_even_the_owner_can(String statement) {
    refused(database.jdbcAsOwner(), statement, INTEGRITY_CONSTRAINT_VIOLATION);
  }

  @Test
  void no_set_of_entries_is_taken_that_does_not_balance_or_adds_to_an_older_transaction() {
    JdbcClient owner = database.jdbcAsOwner();
    owner.sql(entries("(7000, 1, 5), (7000, 2, -5)")).update();
    for (String rows :
        new String[] {
          "(7001, 1, 5), (7001, 2, -4)",
          "(7001, 1, 5)",
          "(7000, 3, 5), (7000, 4, -5)",
          "(7000, 1, 5), (7000, 2, -5)",
          "(7001, 1, 5), (7001, 3, -5)",
          "(7001, 0, 5), (7001, 1, -5)"
        }) {
      assertThatThrownBy(() -> owner.sql(entries(rows)).update())
          .as(rows)
          .satisfies(e -> assertThat(Failures.sqlState(e)).startsWith("23"));
    }
    long kept =
        owner
            .sql("SELECT count(*) FROM journal.entry WHERE sequence >= 7000")
            .query(Long.class)
            .single();
    assertThat(kept).isEqualTo(2);
  }

  private static String entries(String rows) {
    return """
    INSERT INTO journal.entry
      (ledger_id, sequence, line, account_id, layer, amount, currency, effective_on)
    SELECT 1, sequence, line, '00000000-0000-0000-0000-000000000001', 0, amount, 'EUR', '2026-01-01'
    FROM (VALUES %s) AS given (sequence, line, amount)
    """
        .formatted(rows);
  }

  private static void refused(JdbcClient jdbc, String statement, String sqlState) {
    assertThatThrownBy(() -> jdbc.sql(statement).update())
        .satisfies(e -> assertThat(Failures.sqlState(e)).isEqualTo(sqlState));
  }
}
