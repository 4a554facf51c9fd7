package io.countersign.server.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/// The same work as the product's, on its own tables, in one database transaction per transfer:
/// key, accounts, floor, balance, transaction and entries, answer, commit. Eight round trips, all
/// prepared.
final class OneByOne {

  private static final String ACCOUNT =
      "SELECT id, status, currency FROM accounts.account WHERE ledger_id = 1 AND code = ?";
  private static final String BALANCE =
      """
      SELECT coalesce((SELECT sum(amount) FROM journal.entry
                       WHERE ledger_id = 1 AND account_id = ? AND layer IN (0, 1)
                         AND sequence > coalesce(base.through, 0)), 0) + coalesce(base.signed, 0)
      FROM (SELECT) AS one
      LEFT JOIN LATERAL (
        SELECT through, posted[cardinality(posted)] + taken[cardinality(taken)] AS signed
        FROM journal.checkpoint WHERE ledger_id = 1 AND account_id = ?
        ORDER BY through DESC LIMIT 1) base ON true
      """;
  private static final String APPEND =
      """
      WITH head AS (
        INSERT INTO journal.transaction
          (ledger_id, sequence, id, kind, description, effective_on, recorded_at, recorded_by, metadata)
        VALUES (1, nextval('journal.transaction_sequence'), ?, 'transfer', 'benchmark', ?,
                clock_timestamp(), 'bench', '{}')
        RETURNING sequence, effective_on
      )
      INSERT INTO journal.entry
        (ledger_id, sequence, line, account_id, layer, amount, currency, effective_on)
      SELECT 1, head.sequence, line, account, 0, amount, 'EUR', head.effective_on
      FROM head, (VALUES (1, ?::uuid, ?::bigint), (2, ?::uuid, ?::bigint)) AS e (line, account, amount)
      """;

  private OneByOne() {}

  static Load.Step transfers(DataSource pool, String prefix, int wallets) throws SQLException {
    Connection connection = pool.getConnection();
    connection.setAutoCommit(false);
    PreparedStatement gate =
        connection.prepareStatement("LOCK TABLE journal.gate IN ROW SHARE MODE");
    PreparedStatement key =
        connection.prepareStatement(
            "INSERT INTO idempotency.key (ledger_id, owner, key, fingerprint, created_at)"
                + " VALUES (1, ?, ?, ?, clock_timestamp()) ON CONFLICT DO NOTHING");
    PreparedStatement to = connection.prepareStatement(ACCOUNT);
    PreparedStatement from = connection.prepareStatement(ACCOUNT + " FOR NO KEY UPDATE");
    PreparedStatement balance = connection.prepareStatement(BALANCE);
    PreparedStatement append = connection.prepareStatement(APPEND);
    PreparedStatement answer =
        connection.prepareStatement(
            "UPDATE idempotency.key SET status = 201, content_type = 'application/json', body = ?,"
                + " expires_at = clock_timestamp() + interval '72 hours'"
                + " WHERE ledger_id = 1 AND owner = ? AND key = ?");
    UUID owner = new UUID(8, 8);
    byte[] body = new byte[600];
    return Load.Step.with(
        connection,
        () -> {
          int source = ThreadLocalRandom.current().nextInt(wallets);
          int target = (source + 1 + ThreadLocalRandom.current().nextInt(wallets - 1)) % wallets;
          String name = UUID.randomUUID().toString();
          gate.execute();
          key.setObject(1, owner);
          key.setString(2, name);
          key.setBytes(3, new byte[32]);
          require(key.executeUpdate() == 1);
          UUID credited = account(to, prefix + ":" + target);
          UUID debited = account(from, prefix + ":" + source);
          balance.setObject(1, debited);
          balance.setObject(2, debited);
          try (ResultSet row = balance.executeQuery()) {
            require(row.next() && row.getBigDecimal(1).signum() < 0);
          }
          append.setObject(1, UUID.randomUUID());
          append.setObject(2, LocalDate.EPOCH.plusDays(20_000));
          append.setObject(3, debited);
          append.setLong(4, 1);
          append.setObject(5, credited);
          append.setLong(6, -1);
          require(append.executeUpdate() == 2);
          answer.setBytes(1, body);
          answer.setObject(2, owner);
          answer.setString(3, name);
          answer.executeUpdate();
          connection.commit();
        });
  }

  private static UUID account(PreparedStatement select, String code) throws SQLException {
    select.setString(1, code);
    try (ResultSet row = select.executeQuery()) {
      require(row.next() && "open".equals(row.getString(2)));
      return row.getObject(1, UUID.class);
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("the yardstick itself is broken");
    }
  }
}
