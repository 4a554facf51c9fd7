package io.countersign.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class EmbeddedPostgresTest {

  @TempDir Path folder;

  @Test
  void data_and_durability_outlast_a_restart_a_stale_pid_file_and_a_kill() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      jdbc(postgres).sql("CREATE TABLE kept (n integer)").update();
      jdbc(postgres).sql("INSERT INTO kept VALUES (7)").update();
      assertThat(setting(postgres, "fsync")).isEqualTo("on");
      assertThat(setting(postgres, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(postgres, "data_checksums")).isEqualTo("on");
      assertThat(setting(postgres, "password_encryption")).isEqualTo("scram-sha-256");
      assertThat(setting(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
    }
    Path pidFile = folder.resolve("data/postmaster.pid");
    assertThat(pidFile).doesNotExist();

    // As after a crash of the machine: the file names a process that is alive and somebody else.
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + folder + "/data\n0\n5432\n");
    try (EmbeddedPostgres postgres = start()) {
      assertThat(kept(postgres)).isEqualTo(7);
      ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
      ProcessHandle.of(postgres.pid())
          .ifPresent(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }
    try (EmbeddedPostgres postgres = start()) {
      assertThat(kept(postgres)).isEqualTo(7);
    }
  }

  @Test
  void a_second_server_on_the_same_folder_is_refused() throws IOException {
    try (EmbeddedPostgres postgres = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(DatabaseUnusable.class)
          .hasMessageContaining("Another server is running on");
      assertThat(setting(postgres, "fsync")).isEqualTo("on");
    }
  }

  @Test
  void a_half_made_cluster_is_never_used() throws IOException {
    Files.createDirectories(folder.resolve("data.new/base"));
    Files.writeString(folder.resolve("data.new/PG_VERSION"), "18");
    try (EmbeddedPostgres postgres = start()) {
      assertThat(setting(postgres, "fsync")).isEqualTo("on");
    }
  }

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.start(folder, Map.of());
  }

  private static int kept(EmbeddedPostgres postgres) {
    return jdbc(postgres).sql("SELECT n FROM kept").query(Integer.class).single();
  }

  private static String setting(EmbeddedPostgres postgres, String name) {
    return jdbc(postgres)
        .sql("SELECT setting FROM pg_settings WHERE name = ?")
        .param(name)
        .query(String.class)
        .single();
  }

  private static JdbcClient jdbc(EmbeddedPostgres postgres) {
    return JdbcClient.create(
        new DriverManagerDataSource(
            postgres.jdbcUrl("postgres"), EmbeddedPostgres.OWNER, postgres.ownerPassword()));
  }
}
