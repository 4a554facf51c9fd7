package io.countersign.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class KilledServerTest {

  @TempDir Path home;

  @Test
  void after_a_kill_the_next_server_has_the_books_and_two_never_share_them() throws Exception {
    try (ServerProcess first = ServerProcess.start(home, Map.of()).awaitUp()) {
      books()
          .sql(
              "INSERT INTO accounts.ledger (ledger_id, code, name, time_zone, created_at)"
                  + " VALUES (7, 'kept', 'Kept', 'UTC', now())")
          .update();
      try (ServerProcess second = ServerProcess.start(home, Map.of())) {
        assertThat(second.awaitExit()).isNotZero();
        assertThat(second.output()).contains("Another server is running on " + home);
      }
      first.kill();
    }
    try (ServerProcess next = ServerProcess.start(home, Map.of()).awaitUp()) {
      assertThat(ledgers()).contains("main", "kept");
      next.stop();
      assertThat(home.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }
  }

  private List<String> ledgers() throws IOException {
    return books().sql("SELECT code FROM accounts.ledger").query(String.class).list();
  }

  private JdbcClient books() throws IOException {
    String port = Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).get(3);
    String password = Files.readString(home.resolve("postgres/owner.password"));
    return JdbcClient.create(
        new DriverManagerDataSource(
            "jdbc:postgresql://127.0.0.1:" + port + "/countersign",
            EmbeddedPostgres.OWNER,
            password));
  }
}
