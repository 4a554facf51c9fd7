package io.countersign.server.seals;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.database.Credentials;
import io.countersign.server.database.Database;
import io.countersign.server.database.Migrations;
import io.countersign.server.testing.TestPostgres;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// A database from before there were seals.
class SealsUpgradeTest {

  @Test
  void what_was_there_before_waits_for_its_seal_after_the_upgrade() {
    Database database = TestPostgres.empty();
    Credentials owner = Objects.requireNonNull(database.owner());
    for (String feature : new String[] {"audit", "approvals", "payments"}) {
      Flyway.configure()
          .dataSource(database.url(), owner.user(), owner.password())
          .locations("classpath:db/migration/" + feature)
          .schemas(feature)
          .defaultSchema(feature)
          .table("migration")
          .placeholders(Map.of("app", database.application().user()))
          .target("1")
          .load()
          .migrate();
    }
    JdbcClient books =
        JdbcClient.create(
            new DriverManagerDataSource(database.url(), owner.user(), owner.password()));
    fill(books);

    Migrations.apply(database);

    assertThat(waiting(books, "audit.sealing")).isEqualTo(2);
    assertThat(waiting(books, "approvals.sealing")).as("the pending one is not final").isEqualTo(1);
    assertThat(waiting(books, "payments.event_sealing")).isEqualTo(1);
  }

  private static int waiting(JdbcClient books, String register) {
    return books
        .sql("SELECT count(*) FROM " + register + " WHERE seal IS NULL AND ledger_id = 1")
        .query(Integer.class)
        .single();
  }

  private static void fill(JdbcClient books) {
    books
        .sql(
            """
            INSERT INTO audit.record
            SELECT 1, ('0199c0de-0000-7000-8000-00000000000' || n)::uuid, now(),
              '0199c0de-0000-7000-8000-0000000000aa', 'dana', 'PERSON',
              '0199c0de-0000-7000-8000-0000000000bb', NULL, 'account.freeze', 'account', 'a', NULL,
              NULL, NULL
            FROM generate_series(1, 2) n
            """)
        .update();
    books
        .sql(
            """
            INSERT INTO approvals.approval
            SELECT 1, ('0199c0de-0000-7000-8000-00000000000' || n)::uuid, 'adjustment',
              CASE n WHEN 1 THEN 'withdrawn' ELSE 'pending' END,
              '0199c0de-0000-7000-8000-0000000000aa', 'otto', now(), now() + interval '7 days', 'why',
              '{}', repeat('a', 64), '[]', '[]', NULL, NULL, NULL, NULL, NULL,
              CASE n WHEN 1 THEN now() END, NULL, NULL, NULL
            FROM generate_series(1, 2) n
            """)
        .update();
    books
        .sql(
            """
            INSERT INTO payments.payment
            VALUES (1, '0199c0de-0000-7000-8000-000000000001', 500, 'EUR', 'a', 'sandbox', 'key-1',
              'tok_ok', NULL, NULL, '{}', '0199c0de-0000-7000-8000-000000000002', 'shop', now(),
              'created', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, '[]', now(), 1)
            """)
        .update();
    books
        .sql(
            """
            INSERT INTO payments.event
            VALUES (1, '0199c0de-0000-7000-8000-000000000001', 1, now(), 'created', NULL, 'created',
              'shop', NULL, '{}')
            """)
        .update();
  }
}
