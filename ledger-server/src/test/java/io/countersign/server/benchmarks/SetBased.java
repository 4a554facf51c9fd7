package io.countersign.server.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/// The limit of a ledger that writes these rows by SQL: the same rows into the same tables, indexes
/// and triggers, a thousand transfers in one database transaction, and nothing looked at.
final class SetBased {

  static final int TRANSFERS = 1_000;

  private static final int FINGERPRINT = 32;
  private static final int BODY = 450;
  private static final String ROWS =
      """
      WITH numbered AS MATERIALIZED (
        SELECT nextval('journal.transaction_sequence') AS sequence, id, debited, credited
        FROM unnest(?::uuid[], ?::uuid[], ?::uuid[]) AS t (id, debited, credited)
      ), head AS (
        INSERT INTO journal.transaction
          (ledger_id, sequence, id, kind, description, effective_on, recorded_at, recorded_by,
           metadata)
        SELECT 1, sequence, id, 'transfer', 'benchmark', current_date, ?, 'bench', '{}'
        FROM numbered
      )
      INSERT INTO journal.entry
        (ledger_id, sequence, line, account_id, layer, amount, currency, effective_on)
      SELECT 1, sequence, line, CASE line WHEN 1 THEN debited ELSE credited END, 0,
             CASE line WHEN 1 THEN 1 ELSE -1 END, 'EUR', current_date
      FROM numbered CROSS JOIN generate_series(1, 2) AS line
      """;
  private static final String KEYS =
      """
      INSERT INTO idempotency.key (ledger_id, owner, key, fingerprint, status, content_type, body,
                                   created_at, expires_at)
      SELECT 1, ?, key, fingerprint, 201, 'application/json', body, ?, ?
      FROM unnest(?::text[], ?::bytea[], ?::bytea[]) AS k (key, fingerprint, body)
      ON CONFLICT (ledger_id, owner, key) DO NOTHING
      """;

  private SetBased() {}

  static Load.Caller rows(DataSource pool, List<UUID> accounts) {
    return number -> rows(pool.getConnection(), accounts);
  }

  private static Load.Step rows(Connection connection, List<UUID> accounts) throws SQLException {
    connection.setAutoCommit(false);
    PreparedStatement rows = connection.prepareStatement(ROWS);
    PreparedStatement keys = connection.prepareStatement(KEYS);
    UUID owner = new UUID(7, 7);
    byte[][] fingerprints = bytes(FINGERPRINT);
    byte[][] bodies = bytes(BODY);
    return Load.Step.with(
        connection,
        () -> {
          OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
          rows.setArray(1, connection.createArrayOf("uuid", ids()));
          rows.setArray(2, connection.createArrayOf("uuid", some(accounts)));
          rows.setArray(3, connection.createArrayOf("uuid", some(accounts)));
          rows.setObject(4, now);
          rows.executeUpdate();
          keys.setObject(1, owner);
          keys.setObject(2, now);
          keys.setObject(3, now.plusDays(3));
          keys.setArray(4, connection.createArrayOf("text", names()));
          keys.setObject(5, fingerprints);
          keys.setObject(6, bodies);
          keys.executeUpdate();
          connection.commit();
        });
  }

  private static byte[][] bytes(int length) {
    byte[][] all = new byte[TRANSFERS][length];
    for (byte[] one : all) {
      ThreadLocalRandom.current().nextBytes(one);
    }
    return all;
  }

  // Ids that grow, like those of the product.
  private static UUID[] ids() {
    long now = System.nanoTime();
    return IntStream.range(0, TRANSFERS)
        .mapToObj(i -> new UUID(now + i, ThreadLocalRandom.current().nextLong()))
        .toArray(UUID[]::new);
  }

  private static UUID[] some(List<UUID> accounts) {
    return IntStream.range(0, TRANSFERS)
        .mapToObj(i -> accounts.get(ThreadLocalRandom.current().nextInt(accounts.size())))
        .toArray(UUID[]::new);
  }

  private static String[] names() {
    long now = System.nanoTime();
    List<String> names = new ArrayList<>(TRANSFERS);
    for (int i = 0; i < TRANSFERS; i++) {
      names.add("set-" + Thread.currentThread().threadId() + '-' + now + '-' + i);
    }
    return names.toArray(String[]::new);
  }
}
