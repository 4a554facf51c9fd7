package io.countersign.server.testing;

import com.zaxxer.hikari.HikariDataSource;
import io.countersign.server.database.Credentials;
import io.countersign.server.database.Database;
import io.countersign.server.database.Pool;
import io.countersign.server.database.Snapshots;
import io.countersign.server.database.Transactions;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/// A database of one test's own, migrated and empty.
///
/// @param app a pool as the application role, of at most 32 connections
public record TestDatabase(Database database, HikariDataSource app) implements AutoCloseable {

  private static final int CONNECTIONS = 32;

  /// A database that the test has made itself.
  public static TestDatabase of(Database database) {
    return open(database);
  }

  static TestDatabase open(Database database) {
    return new TestDatabase(database, Pool.open(database, CONNECTIONS));
  }

  public String url() {
    return database.url();
  }

  public Credentials applicationCredentials() {
    return database.application();
  }

  public Credentials ownerCredentials() {
    return Objects.requireNonNull(database.owner());
  }

  /// New connections as the role that owns the schema.
  public DataSource owner() {
    return new DriverManagerDataSource(
        url(), ownerCredentials().user(), ownerCredentials().password());
  }

  /// Works as the application role, within the transactions of [#transactions()].
  public JdbcClient jdbc() {
    return JdbcClient.create(app);
  }

  public JdbcClient jdbcAsOwner() {
    return JdbcClient.create(owner());
  }

  public Transactions transactions() {
    return new Transactions(new JdbcTransactionManager(app), jdbc());
  }

  public Snapshots snapshots() {
    return new Snapshots(new JdbcTransactionManager(app));
  }

  /// Gives its connections back; the database goes with the test run.
  @Override
  public void close() {
    app.close();
  }
}
