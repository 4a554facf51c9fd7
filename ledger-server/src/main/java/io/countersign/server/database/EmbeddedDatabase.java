package io.countersign.server.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/// The server's own PostgreSQL under its home, with the database and the roles it works with.
final class EmbeddedDatabase implements AutoCloseable {

  private static final String NAME = "countersign";
  private static final String APPLICATION = "countersign_app";
  private static final String EXISTS =
      "SELECT 1 FROM pg_catalog.pg_database WHERE datname = '" + NAME + "'";

  private final EmbeddedPostgres postgres;
  private final Database database;

  private EmbeddedDatabase(EmbeddedPostgres postgres, Database database) {
    this.postgres = postgres;
    this.database = database;
  }

  static EmbeddedDatabase start(Home home, int connections) throws IOException, SQLException {
    // The pool, the owner while it migrates, and a person who looks in.
    Map<String, String> settings =
        Map.of(
            "max_connections", "" + (connections + 20),
            // Fewer checkpoints than by default: after each one a page is written whole again.
            "shared_buffers", "256MB",
            "max_wal_size", "4GB",
            "checkpoint_timeout", "15min");
    EmbeddedPostgres postgres = EmbeddedPostgres.start(home.resolve("postgres"), settings);
    try {
      var owner = new Credentials(EmbeddedPostgres.OWNER, postgres.ownerPassword());
      var application = new Credentials(APPLICATION, home.secret("application.password"));
      prepare(postgres, owner, application);
      return new EmbeddedDatabase(
          postgres, new Database(postgres.jdbcUrl(NAME), application, owner));
    } catch (SQLException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  Database database() {
    return database;
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }

  private static void prepare(EmbeddedPostgres postgres, Credentials owner, Credentials application)
      throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("postgres"), owner.user(), owner.password());
        Statement statement = connection.createStatement()) {
      if (!exists(statement)) {
        statement.execute("CREATE DATABASE " + NAME);
      }
      ApplicationRole.create(connection, application);
      // So that a lost password file costs nothing but a restart.
      ApplicationRole.setPassword(connection, application);
    }
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(EXISTS)) {
      return row.next();
    }
  }
}
