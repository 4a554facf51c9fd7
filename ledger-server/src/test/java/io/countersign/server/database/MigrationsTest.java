package io.countersign.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  @Test
  void without_an_owner_an_empty_database_is_refused_and_says_what_is_missing() {
    Database empty = withoutOwner(TestPostgres.empty());
    assertThatThrownBy(() -> Migrations.apply(empty))
        .isInstanceOf(DatabaseUnusable.class)
        .hasMessageContaining("The schema is not current")
        .hasMessageContaining("journal/V1__");
  }

  @Test
  void without_an_owner_a_current_schema_is_enough() {
    try (TestDatabase migrated = TestPostgres.fresh()) {
      assertThatCode(() -> Migrations.apply(withoutOwner(migrated.database())))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void a_database_that_cannot_be_reached_is_named() {
    var nowhere =
        new Database("jdbc:postgresql://127.0.0.1:1/books", new Credentials("app", "x"), null);
    assertThatThrownBy(() -> Migrations.apply(nowhere))
        .isInstanceOf(DatabaseUnusable.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/books");
  }

  @Test
  void migrating_again_changes_nothing() {
    try (TestDatabase migrated = TestPostgres.fresh()) {
      long before = histories(migrated);
      Migrations.apply(migrated.database());
      assertThat(histories(migrated)).isEqualTo(before);
    }
  }

  @Test
  void an_unusual_name_of_the_role_is_quoted() {
    assertThat(ApplicationRole.identifier("countersign_app")).isEqualTo("countersign_app");
    assertThat(ApplicationRole.identifier("Books-App")).isEqualTo("\"Books-App\"");
    assertThat(ApplicationRole.identifier("a\"b")).isEqualTo("\"a\"\"b\"");
  }

  private static long histories(TestDatabase database) {
    return database.jdbc().sql("SELECT count(*) FROM journal.migration").query(Long.class).single();
  }

  private static Database withoutOwner(Database database) {
    return new Database(database.url(), database.application(), null);
  }
}
