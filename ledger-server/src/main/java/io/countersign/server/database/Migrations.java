package io.countersign.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// Brings every feature's schema up to date: one Flyway run per folder `db/migration/<feature>`,
/// into the schema of that name, with a history of its own in it.
public final class Migrations {

  /// Floor first: a feature may refer to what those before it have made.
  private static final List<String> ORDER =
      List.of(
          "audit",
          "outbox",
          "accounts",
          "idempotency",
          "journal",
          "security",
          "approvals",
          "scheduler",
          "sagas",
          "payments",
          "transfers",
          "adjustments",
          "reconciliation",
          "seals",
          "export");

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);
  private static final String HISTORY = "migration";

  private static final String GRANT_READING =
      "GRANT USAGE ON SCHEMA %1$s TO %2$s; GRANT SELECT ON %1$s." + HISTORY + " TO %2$s";

  private Migrations() {}

  /// Migrates as the owner; without one, makes sure that somebody else has.
  ///
  /// @throws DatabaseUnusable when the database cannot be reached, or is behind this server and
  ///   nobody is named who may bring it up to date
  public static void apply(Database database) {
    List<String> features = ORDER.stream().filter(Migrations::hasMigrations).toList();
    try {
      Credentials owner = database.owner();
      if (owner == null) {
        check(database, features);
      } else {
        migrate(database, owner, features);
      }
      warnOfTooManyRights(database);
    } catch (SQLException e) {
      throw new DatabaseUnusable(
          "The database at %s cannot be used: %s".formatted(database.url(), e.getMessage()),
          "Check COUNTERSIGN_DATABASE_URL, the roles and their passwords, and that it is running.",
          e);
    }
  }

  private static void migrate(Database database, Credentials owner, List<String> features)
      throws SQLException {
    String application = ApplicationRole.identifier(database.application().user());
    try (Connection connection = connect(database, owner)) {
      ApplicationRole.create(connection, database.application());
      for (String feature : features) {
        var result = flyway(database, owner, feature).migrate();
        if (result.migrationsExecuted > 0) {
          log.info("Schema {}: {} migrations applied", feature, result.migrationsExecuted);
        }
        try (var statement = connection.createStatement()) {
          statement.execute(GRANT_READING.formatted(feature, application));
        }
      }
    }
  }

  private static void check(Database database, List<String> features) throws SQLException {
    connect(database, database.application()).close();
    List<String> missing = features.stream().flatMap(f -> pending(database, f)).toList();
    if (!missing.isEmpty()) {
      throw new DatabaseUnusable(
          "The schema is not current; missing: " + String.join(", ", missing) + ".",
          "Name the role that owns it in COUNTERSIGN_DATABASE_OWNER_USER and"
              + " COUNTERSIGN_DATABASE_OWNER_PASSWORD, once is enough.");
    }
  }

  private static Stream<String> pending(Database database, String feature) {
    return Arrays.stream(flyway(database, database.application(), feature).info().pending())
        .map(MigrationInfo::getScript)
        .map(script -> feature + "/" + script);
  }

  private static void warnOfTooManyRights(Database database) throws SQLException {
    try (Connection connection = connect(database, database.application())) {
      if (ApplicationRole.mayRewrite(connection, ORDER)) {
        log.warn(
            "The role {} is a superuser or owns the books, so PostgreSQL would let this server"
                + " rewrite them. Give COUNTERSIGN_DATABASE_USER a role of its own.",
            database.application().user());
      }
    }
  }

  private static Flyway flyway(Database database, Credentials as, String feature) {
    return Flyway.configure()
        .dataSource(database.url(), as.user(), as.password())
        .locations("classpath:db/migration/" + feature)
        .schemas(feature)
        .defaultSchema(feature)
        .table(HISTORY)
        .placeholders(Map.of("app", ApplicationRole.identifier(database.application().user())))
        .load();
  }

  private static Connection connect(Database database, Credentials as) throws SQLException {
    return DriverManager.getConnection(database.url(), as.user(), as.password());
  }

  private static boolean hasMigrations(String feature) {
    try {
      return new PathMatchingResourcePatternResolver()
              .getResources("classpath*:db/migration/" + feature + "/*.sql")
              .length
          > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
