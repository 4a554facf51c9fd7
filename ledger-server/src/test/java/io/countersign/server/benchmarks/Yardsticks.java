package io.countersign.server.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// What others do, written as well as it can be: prepared, on connections that stay open, without a
/// needless round trip, on the same PostgreSQL with the same settings.
final class Yardsticks implements AutoCloseable {

  static final int CONNECTIONS = 16;

  private static final int BRANCHES = 50;
  private static final int TELLERS = 10 * BRANCHES;
  private static final int ACCOUNTS = 20_000 * BRANCHES;
  private static final int WALLETS = 10_000;

  private static final String[] TPC_B_SCHEMA = {
    "CREATE TABLE branches (bid int PRIMARY KEY, bbalance int, filler char(88)) WITH (fillfactor ="
        + " 100)",
    "CREATE TABLE tellers (tid int PRIMARY KEY, bid int, tbalance int, filler char(84)) WITH"
        + " (fillfactor = 100)",
    "CREATE TABLE accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84)) WITH"
        + " (fillfactor = 100)",
    "CREATE TABLE history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))",
    "INSERT INTO branches SELECT i, 0, '' FROM generate_series(1, " + BRANCHES + ") i",
    "INSERT INTO tellers SELECT i, (i - 1) / 10 + 1, 0, '' FROM generate_series(1, "
        + TELLERS
        + ") i",
    "INSERT INTO accounts SELECT i, (i - 1) / 20000 + 1, 0, '' FROM generate_series(1, "
        + ACCOUNTS
        + ") i",
  };

  // A balance column that is locked, checked and updated; one call, one round trip, one commit.
  private static final String[] COLUMN_SCHEMA = {
    "CREATE TABLE wallet (id int PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0)) WITH"
        + " (fillfactor = 50)",
    "CREATE TABLE movement (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT"
        + " NULL, description text NOT NULL)",
    "CREATE TABLE row_of_movement (movement bigint, line smallint, wallet int NOT NULL, amount"
        + " bigint NOT NULL, balance bigint NOT NULL, PRIMARY KEY (movement, line))",
    "CREATE INDEX row_by_wallet ON row_of_movement (wallet, movement)",
    "CREATE TABLE key (owner uuid, key text, fingerprint bytea, answer text, PRIMARY KEY (owner,"
        + " key))",
    "INSERT INTO wallet SELECT i, 1000000000000 FROM generate_series(0, " + (WALLETS - 1) + ") i",
    """
    CREATE FUNCTION move(whose uuid, name text, print bytea, source int, target int, minor bigint)
    RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
      made bigint;
      left_over bigint;
      reached bigint;
    BEGIN
      INSERT INTO key VALUES (whose, name, print, NULL) ON CONFLICT DO NOTHING;
      IF NOT FOUND THEN
        RETURN NULL;
      END IF;
      PERFORM 1 FROM wallet WHERE id IN (source, target) ORDER BY id FOR NO KEY UPDATE;
      UPDATE wallet SET balance = balance - minor WHERE id = source AND balance >= minor
        RETURNING balance INTO left_over;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'insufficient funds';
      END IF;
      UPDATE wallet SET balance = balance + minor WHERE id = target RETURNING balance INTO reached;
      INSERT INTO movement (at, description) VALUES (clock_timestamp(), 'benchmark')
        RETURNING id INTO made;
      INSERT INTO row_of_movement VALUES (made, 1, source, -minor, left_over), (made, 2, target, minor, reached);
      UPDATE key SET answer = made::text WHERE owner = whose AND key = name;
      RETURN made;
    END $$
    """,
  };

  // One per caller, kept for whatever yardstick is next.
  private final List<Connection> connections = new ArrayList<>();

  Yardsticks(String url, String user, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("prepareThreshold", "1");
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(DriverManager.getConnection(url, properties));
    }
    try (Statement statement = connections.getFirst().createStatement()) {
      for (String sql : TPC_B_SCHEMA) {
        statement.execute(sql);
      }
      for (String sql : COLUMN_SCHEMA) {
        statement.execute(sql);
      }
      statement.execute("VACUUM ANALYZE");
    }
  }

  /// pgbench's own transaction ("TPC-B (sort of)"): five statements, one commit.
  Load.Step tpcB(int caller) throws SQLException {
    Connection connection = connections.get(caller);
    connection.setAutoCommit(false);
    PreparedStatement account =
        connection.prepareStatement("UPDATE accounts SET abalance = abalance + ? WHERE aid = ?");
    PreparedStatement read =
        connection.prepareStatement("SELECT abalance FROM accounts WHERE aid = ?");
    PreparedStatement teller =
        connection.prepareStatement("UPDATE tellers SET tbalance = tbalance + ? WHERE tid = ?");
    PreparedStatement branch =
        connection.prepareStatement("UPDATE branches SET bbalance = bbalance + ? WHERE bid = ?");
    PreparedStatement history =
        connection.prepareStatement(
            "INSERT INTO history (tid, bid, aid, delta, mtime) VALUES (?, ?, ?, ?,"
                + " CURRENT_TIMESTAMP)");
    return () -> {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      int aid = random.nextInt(ACCOUNTS) + 1;
      int tid = random.nextInt(TELLERS) + 1;
      int bid = random.nextInt(BRANCHES) + 1;
      int delta = random.nextInt(-5000, 5001);
      update(account, delta, aid);
      read.setInt(1, aid);
      try (ResultSet row = read.executeQuery()) {
        row.next();
      }
      update(teller, delta, tid);
      update(branch, delta, bid);
      history.setInt(1, tid);
      history.setInt(2, bid);
      history.setInt(3, aid);
      history.setInt(4, delta);
      history.executeUpdate();
      connection.commit();
    };
  }

  /// A ledger with a balance column and row locks, in one function call.
  ///
  /// @param hot whether every transfer goes to one wallet
  Load.Caller balanceColumn(boolean hot) {
    return caller -> balanceColumn(caller, hot);
  }

  private Load.Step balanceColumn(int caller, boolean hot) throws SQLException {
    Connection connection = connections.get(caller);
    connection.setAutoCommit(true);
    PreparedStatement move = connection.prepareStatement("SELECT move(?, ?, ?, ?, ?, ?)");
    UUID owner = new UUID(7, 7);
    return () -> {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      int source = random.nextInt(1, WALLETS);
      move.setObject(1, owner);
      move.setString(2, UUID.randomUUID().toString());
      move.setBytes(3, new byte[32]);
      move.setInt(4, source);
      move.setInt(5, hot ? 0 : (source + 1 + random.nextInt(WALLETS - 2)) % WALLETS);
      move.setLong(6, 1);
      try (ResultSet row = move.executeQuery()) {
        row.next();
      }
    };
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
  }

  private static void update(PreparedStatement statement, int delta, int id) throws SQLException {
    statement.setInt(1, delta);
    statement.setInt(2, id);
    statement.executeUpdate();
  }
}
