package io.countersign.server.guards;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.guards.BooksCatalog.Change;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class BooksCatalogTest {

  /// Tables of the whole server rather than of one ledger.
  private static final Set<String> SERVER_WIDE =
      Set.of(
          "accounts.ledger",
          "journal.gate",
          "scheduler.scheduled_tasks",
          "security.administration",
          "security.person",
          "security.person_limit",
          "security.proposed_password",
          "security.session");

  private TestDatabase database;
  private BooksCatalog catalog;

  @BeforeAll
  void open() {
    database = TestPostgres.fresh();
    catalog = new BooksCatalog(database.jdbcAsOwner(), database.applicationCredentials().user());
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void every_table_of_a_ledger_is_keyed_by_it_first() {
    assertThat(catalog.tablesNotKeyedByLedger())
        .as("tables whose primary key or a unique constraint does not begin with ledger_id")
        .containsExactlyElementsOf(new TreeSet<>(SERVER_WIDE));
  }

  @Test
  void money_and_instants_are_exact() {
    assertThat(catalog.inexactColumns()).isEmpty();
  }

  @Test
  void our_code_changes_no_table_that_is_append_only() {
    assertThat(SourceSql.inCode())
        .allSatisfy(
            sql -> assertThat(catalog.refusedChanges(sql.text())).as(sql.toString()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "journal.transaction",
        "journal.entry",
        "journal.reversal",
        "journal.watermark",
        "audit.record",
        "payments.event",
        "seals.seal",
        "seals.leaf_list"
      })
  void is_append_only(String table) {
    assertThat(catalog.may("INSERT", table)).isTrue();
    assertThat(catalog.may("UPDATE", table)).isFalse();
    assertThat(catalog.may("DELETE", table)).isFalse();
    assertThat(catalog.may("TRUNCATE", table)).isFalse();
  }

  @Test
  void planted_violations_are_found() {
    try (TestDatabase planted = TestPostgres.fresh()) {
      var owner = planted.jdbcAsOwner();
      owner.sql("CREATE TABLE journal.keyless (ledger_id integer, n real)").update();
      owner
          .sql("CREATE TABLE journal.foreign_key_first (id uuid PRIMARY KEY, at timestamp)")
          .update();
      owner
          .sql("CREATE TABLE journal.half (ledger_id integer PRIMARY KEY, code text UNIQUE)")
          .update();
      var found = new BooksCatalog(owner, planted.applicationCredentials().user());
      assertThat(found.tablesNotKeyedByLedger())
          .contains("journal.keyless", "journal.foreign_key_first", "journal.half");
      assertThat(found.inexactColumns())
          .containsExactly(
              "journal.foreign_key_first.at timestamp without time zone", "journal.keyless.n real");
    }
    assertThat(catalog.refusedChanges("UPDATE journal.entry SET amount = 0"))
        .containsExactly(new Change("UPDATE", "journal.entry"));
    assertThat(catalog.refusedChanges("DELETE FROM journal.transaction WHERE true"))
        .containsExactly(new Change("DELETE", "journal.transaction"));
    assertThat(
            catalog.refusedChanges(
                "INSERT INTO journal.entry VALUES (1) ON CONFLICT (id) DO UPDATE SET amount = 0"))
        .containsExactly(new Change("UPDATE", "journal.entry"));
  }
}
