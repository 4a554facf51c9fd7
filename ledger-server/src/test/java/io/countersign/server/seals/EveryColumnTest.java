package io.countersign.server.seals;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.seals.Broken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A changed bit in any column of what is sealed comes to light; columns that are not sealed are
/// named here, each for a reason.
class EveryColumnTest {

  private record Column(String table, String name, String type) {}

  /// What becomes of a payment is in its events; these columns are rebuilt from them.
  private static final Set<String> NOT_SEALED =
      Set.of(
          "payments.payment.state",
          "payments.payment.sends",
          "payments.payment.sent_at",
          "payments.payment.charged_at",
          "payments.payment.provider_reference",
          "payments.payment.decline_code",
          "payments.payment.posting_refused",
          "payments.payment.resolution_proposed_by",
          "payments.payment.resolution_decided_by",
          "payments.payment.refunded",
          "payments.payment.checks",
          "payments.payment.next_check_at",
          "payments.payment.owner",
          "payments.payment.transactions",
          "payments.payment.updated_at",
          "payments.payment.version");

  private static final List<String> TABLES =
      List.of(
          "journal.transaction",
          "journal.entry",
          "audit.record",
          "approvals.approval",
          "payments.event",
          "payments.payment");

  private static final long SEED = 20261124;

  @Test
  void a_changed_bit_in_any_column_is_found() {
    try (SealedBooks books = new SealedBooks()) {
      JdbcClient owner = books.tamperer();
      fill(books, owner);
      books.seal();
      assertThat(books.firstBroken()).isEmpty();
      dropConstraints(owner);
      TABLES.forEach(
          table ->
              owner.sql("CREATE TABLE public.kept_" + flat(table) + " AS TABLE " + table).update());
      Random random = new Random(SEED);
      List<String> unseen = new ArrayList<>();
      for (Column column : columns(owner)) {
        change(owner, column, random);
        Optional<Broken> broken = books.firstBroken();
        String name = column.table() + "." + column.name();
        if (broken.isPresent() == NOT_SEALED.contains(name)) {
          unseen.add(name + (broken.isPresent() ? " is sealed" : " is not sealed"));
        }
        restore(owner, column.table());
      }
      assertThat(unseen).as("seed " + SEED).isEmpty();
      assertThat(books.firstBroken()).as("everything is as it was again").isEmpty();
    }
  }

  private static void fill(SealedBooks books, JdbcClient owner) {
    books.transfer("bank", "a", 1_250);
    books.log("account.freeze");
    owner
        .sql(
            """
            INSERT INTO payments.payment
            VALUES (1, '0199c0de-0000-7000-8000-000000000001', 500, 'EUR', 'a', 'sandbox', 'key-1',
              'tok_ok', 'ref', 'Shoes', '{"size": 43.50}', '0199c0de-0000-7000-8000-000000000002',
              'shop', now(), 'created', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL,
              NULL, '[]', now(), 1)
            """)
        .update();
    owner
        .sql(
            """
            INSERT INTO payments.event
            VALUES (1, '0199c0de-0000-7000-8000-000000000001', 1, now(), 'created', NULL, 'created',
              'shop', 'EUR 5.00', '{"state": "created"}')
            """)
        .update();
    owner
        .sql(
            """
            INSERT INTO payments.event_sealing
            VALUES (1, '0199c0de-0000-7000-8000-000000000001', 1)
            """)
        .update();
    owner
        .sql(
            """
            INSERT INTO approvals.approval
            VALUES (1, '0199c0de-0000-7000-8000-000000000003', 'adjustment', 'approved',
              '0199c0de-0000-7000-8000-000000000004', 'otto', now(), now() + interval '7 days', 'why',
              '{}', repeat('a', 64), '[]', '[]', NULL, NULL, NULL,
              '0199c0de-0000-7000-8000-000000000005', 'dana', now(), NULL, 'transaction', 'txn_1')
            """)
        .update();
    owner
        .sql("INSERT INTO approvals.sealing VALUES (1, '0199c0de-0000-7000-8000-000000000003')")
        .update();
  }

  private static List<Column> columns(JdbcClient owner) {
    List<Column> columns = new ArrayList<>();
    for (String table : TABLES) {
      columns.addAll(
          owner
              .sql(
                  """
                  SELECT column_name, data_type FROM information_schema.columns
                  WHERE table_schema || '.' || table_name = :table ORDER BY ordinal_position
                  """)
              .param("table", table)
              .query((row, number) -> new Column(table, row.getString(1), row.getString(2)))
              .list());
    }
    assertThat(columns).hasSizeGreaterThan(60);
    return columns;
  }

  private static void change(JdbcClient owner, Column column, Random random) {
    String name = column.name();
    String one = "(SELECT ctid FROM " + column.table() + " WHERE ledger_id = 1 LIMIT 1)";
    String changed =
        switch (column.type()) {
          case "smallint", "integer", "bigint" -> "coalesce(%1$s # (1 << %2$d), 1)";
          case "text" ->
              """
              CASE WHEN coalesce(%1$s, '') = '' THEN 'x' ELSE
                overlay(%1$s PLACING chr(ascii(substr(%1$s, 1 + %2$d %% length(%1$s))) # 1)
                        FROM 1 + %2$d %% length(%1$s) FOR 1) END
              """;
          case "uuid" ->
              """
              coalesce(overlay(%1$s::text PLACING
                CASE substr(%1$s::text, 36, 1) WHEN '0' THEN '1' ELSE '0' END FROM 36 FOR 1),
                '0199c0de-0000-7000-8000-0000000000ff')::uuid
              """;
          case "date" -> "%1$s + 1";
          case "timestamp with time zone" -> "coalesce(%1$s + interval '1 microsecond', now())";
          case "jsonb" -> "'{\"other\": true}'";
          default -> throw new AssertionError("a column of a type not thought of: " + column);
        };
    int updated =
        owner
            .sql(
                "UPDATE "
                    + column.table()
                    + " SET "
                    + name
                    + " = "
                    + changed.formatted(name, random.nextInt(7))
                    + " WHERE ctid = "
                    + one)
            .update();
    assertThat(updated).as(column.toString()).isEqualTo(1);
  }

  private static void restore(JdbcClient owner, String table) {
    owner.sql("DELETE FROM " + table).update();
    owner.sql("INSERT INTO " + table + " TABLE public.kept_" + flat(table)).update();
  }

  // They would refuse half of the changes, which is not what is tried here.
  private static void dropConstraints(JdbcClient owner) {
    owner
        .sql(
            """
            SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname)
            FROM pg_catalog.pg_constraint
            WHERE contype IN ('c', 'f')
              AND conrelid::regclass::text IN
                ('journal.transaction', 'journal.entry', 'audit.record', 'approvals.approval',
                 'payments.event', 'payments.payment', 'payments.refund')
            """)
        .query(String.class)
        .list()
        .forEach(statement -> owner.sql(statement).update());
  }

  private static String flat(String table) {
    return table.replace('.', '_');
  }
}
