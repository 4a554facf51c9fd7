package io.countersign.server.outbox.delivery;

import io.countersign.model.webhooks.WebhookEndpoint;
import io.countersign.server.database.Credentials;
import io.countersign.server.database.Database;
import io.countersign.server.database.EmbeddedPostgres;
import io.countersign.server.database.Migrations;
import io.countersign.server.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// Measures what telling costs the commit and how fast one server delivers to one endpoint;
/// `docs/webhooks.md` shows the command and what came of it. No test: surefire runs it only when it
/// is named.
class DeliveriesAtScale {

  private static final int EVENTS = Integer.getInteger("countersign.webhooks.events", 5_000);
  private static final int OBJECTS = 500;

  @TempDir Path home;

  @Test
  void measure() throws Exception {
    // As a server has it: flushed to disk at every commit.
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home.resolve("postgres"), Map.of())) {
      try (TestDatabase database = fresh(postgres);
          Receiver receiver = new Receiver();
          Deliverer server = new Deliverer(database, Clock.systemUTC());
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        timed("commits that tell nobody", () -> tell(server, "nobody"));
        WebhookEndpoint endpoint = server.endpoint(receiver, "payment.*");
        timed("commits that tell one endpoint", () -> tell(server, "one"));
        Lane lane =
            new Lane(Deliverer.key(endpoint), server.work, threads, Deliverer.SETTINGS.atOnce());
        timed("deliveries", () -> deliver(server, endpoint, lane));
      }
    }
  }

  private static TestDatabase fresh(EmbeddedPostgres postgres) {
    JdbcClient superuser =
        JdbcClient.create(
            new DriverManagerDataSource(
                postgres.jdbcUrl("postgres"), EmbeddedPostgres.OWNER, postgres.ownerPassword()));
    superuser.sql("CREATE ROLE bench_owner LOGIN CREATEROLE PASSWORD 'owner'").update();
    superuser.sql("CREATE DATABASE books OWNER bench_owner").update();
    Database database =
        new Database(
            postgres.jdbcUrl("books"),
            new Credentials("bench_app", "app"),
            new Credentials("bench_owner", "owner"));
    Migrations.apply(database);
    return TestDatabase.of(database);
  }

  private static void tell(Deliverer server, String prefix) {
    for (int i = 0; i < EVENTS; i++) {
      server.tell("payment.succeeded", "pay_" + prefix + i % OBJECTS);
    }
  }

  private static void deliver(Deliverer server, WebhookEndpoint endpoint, Lane lane)
      throws InterruptedException {
    while (server.deliveryStore.counts(Deliverer.key(endpoint)).pending() > 0) {
      lane.pump();
      Thread.sleep(100);
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private static void timed(String what, Work work) throws Exception {
    long begun = System.nanoTime();
    work.run();
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    System.out.printf(
        Locale.ROOT,
        "%s: %d in %d ms, %d a second%n",
        what,
        EVENTS,
        took.toMillis(),
        EVENTS * 1_000L / Math.max(1, took.toMillis()));
  }
}
