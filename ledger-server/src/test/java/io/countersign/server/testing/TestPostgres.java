package io.countersign.server.testing;

import io.countersign.server.database.Credentials;
import io.countersign.server.database.Database;
import io.countersign.server.database.DatabaseUnusable;
import io.countersign.server.database.EmbeddedPostgres;
import io.countersign.server.database.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// One PostgreSQL for all tests of a JVM, migrated once; every test that asks gets a database of
/// its own, cloned from that template.
///
/// Nothing here is durable, for speed: what `kill -9` leaves behind is tested on the server's own
/// PostgreSQL. The owner is no superuser, as on a PostgreSQL that somebody else runs.
public final class TestPostgres {

  private static final String TEMPLATE = "countersign_template";
  private static final Credentials OWNER = new Credentials("books_owner", "owner-in-tests");
  private static final Credentials APPLICATION = new Credentials("countersign_app", "app-in-tests");
  private static final int JVMS_AT_ONCE_MAX = 8;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "fsync", "off",
          "synchronous_commit", "off",
          "full_page_writes", "off",
          "max_connections", "400");

  private static final String LEFT_BY_EARLIER_RUNS =
      """
      SELECT datname FROM pg_catalog.pg_database
      WHERE NOT datistemplate AND datname <> 'postgres'
      """;

  private static final AtomicInteger CLONES = new AtomicInteger();

  // Made at first use, and once only: the class's initialisation is the lock.
  private static final class Running {
    static final EmbeddedPostgres POSTGRES = startAndMigrate();
  }

  private TestPostgres() {}

  /// A new database with every migration applied and no rows but theirs.
  public static TestDatabase fresh() {
    return TestDatabase.open(freshDatabase(TEMPLATE));
  }

  /// A new database without any schema, for tests of the migrations themselves.
  public static Database empty() {
    return freshDatabase("template0");
  }

  /// Connections to a test's database as the role that may do anything: to bring about what no role
  /// of the product could.
  public static DataSource superuserOf(Database database) {
    return new DriverManagerDataSource(
        database.url(), EmbeddedPostgres.OWNER, Running.POSTGRES.ownerPassword());
  }

  static Database freshDatabase(String template) {
    EmbeddedPostgres postgres = Running.POSTGRES;
    String name = "test_" + CLONES.incrementAndGet();
    superuser(postgres)
        .sql("CREATE DATABASE %s TEMPLATE %s OWNER %s".formatted(name, template, OWNER.user()))
        .update();
    return at(postgres, name);
  }

  static Database freshDatabase() {
    return freshDatabase(TEMPLATE);
  }

  private static EmbeddedPostgres startAndMigrate() {
    EmbeddedPostgres postgres = start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres), "stop-postgres"));
    JdbcClient superuser = superuser(postgres);
    List<String> leftovers = superuser.sql(LEFT_BY_EARLIER_RUNS).query(String.class).list();
    leftovers.forEach(name -> superuser.sql("DROP DATABASE " + name + " WITH (FORCE)").update());
    superuser.sql("DROP ROLE IF EXISTS " + APPLICATION.user()).update();
    superuser.sql("DROP ROLE IF EXISTS " + OWNER.user()).update();
    superuser
        .sql("CREATE ROLE books_owner LOGIN CREATEROLE PASSWORD '" + OWNER.password() + "'")
        .update();
    superuser.sql("CREATE DATABASE " + TEMPLATE + " OWNER " + OWNER.user()).update();
    Migrations.apply(at(postgres, TEMPLATE));
    return postgres;
  }

  // A folder per test JVM at a time: an IDE's run beside Maven's finds the next one.
  private static EmbeddedPostgres start() {
    for (int number = 1; ; number++) {
      try {
        return EmbeddedPostgres.start(Path.of("target", "test-postgres", "" + number), SETTINGS);
      } catch (DatabaseUnusable e) {
        if (number == JVMS_AT_ONCE_MAX) {
          throw e;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void stop(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Database at(EmbeddedPostgres postgres, String name) {
    return new Database(postgres.jdbcUrl(name), APPLICATION, OWNER);
  }

  private static JdbcClient superuser(EmbeddedPostgres postgres) {
    return JdbcClient.create(
        new DriverManagerDataSource(
            postgres.jdbcUrl("postgres"), EmbeddedPostgres.OWNER, postgres.ownerPassword()));
  }
}
