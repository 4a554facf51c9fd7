package io.countersign.server.journal;

import io.countersign.server.database.Credentials;
import io.countersign.server.database.Database;
import io.countersign.server.database.Migrations;
import io.countersign.server.database.Pool;
import io.countersign.server.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Books of a size, generated, indexed and with their checkpoints, in a database of their own on a
/// PostgreSQL that runs: for benchmarks.
public final class GeneratedLedger implements AutoCloseable {

  private static final int CONNECTIONS = 3;

  private final TestDatabase database;
  private final int transactions;

  private GeneratedLedger(TestDatabase database, int transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  /// @param beside a database on the same PostgreSQL, whose owner may create others
  public static GeneratedLedger fill(Database beside, int transactions) throws SQLException {
    Credentials owner = Objects.requireNonNull(beside.owner());
    String name = "books_" + transactions;
    try (Connection connection =
            DriverManager.getConnection(beside.url(), owner.user(), owner.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    String server = beside.url().substring(0, beside.url().lastIndexOf('/') + 1);
    Database own = new Database(server + name, beside.application(), owner);
    Migrations.apply(own);
    TestDatabase database = new TestDatabase(own, Pool.open(own, CONNECTIONS));
    JournalSearchTest.fill(database, transactions, Math.max(100, transactions / 50));
    JournalFixture books = JournalFixture.over(database);
    while (books.searchIndex.takeNext(1)) {
      // One block after the other.
    }
    books.checkpoints.build(1, books.watermarks.take(1));
    database.jdbcAsOwner().sql("VACUUM ANALYZE").update();
    return new GeneratedLedger(database, transactions);
  }

  public Database database() {
    return database.database();
  }

  public long entries() {
    return database.jdbc().sql("SELECT count(*) FROM journal.entry").query(Long.class).single();
  }

  /// The 95th percentile of first pages of the journal over many filters, in microseconds.
  public long pages() {
    List<Long> every = JournalPages.measure(JournalFixture.over(database), transactions);
    return JournalPages.percentile(every, 95);
  }

  /// Balances of an account with very many entries beside those of one with ten thousand: ratios of
  /// the 99th percentiles by question.
  public Map<String, Double> balances() {
    return AccountBalances.measure(database.jdbc());
  }

  /// Whether everything is sealed that a server over these books has to catch up with.
  public boolean sealed() {
    return database
        .jdbc()
        .sql(
            """
            SELECT coalesce((SELECT max(through_sequence) FROM seals.seal WHERE ledger_id = 1), 0)
                   >= (SELECT max(sequence) FROM journal.transaction WHERE ledger_id = 1)
            """)
        .query(Boolean.class)
        .single();
  }

  @Override
  public void close() {
    database.close();
  }
}
