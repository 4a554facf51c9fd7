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

  // One for all, since unpacking takes seconds; each test leaves it stopped.
  @TempDir static Path folder;

  @Test
  void data_outlasts_a_restart_and_a_pid_file_that_names_somebody_else() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      jdbc(postgres).sql("CREATE TABLE restarted (n integer)").update();
      jdbc(postgres).sql("INSERT INTO restarted VALUES (7)").update();
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
      assertThat(kept(postgres, "restarted")).isEqualTo(7);
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
  void a_half_made_cluster_is_never_used(@TempDir Path other) throws IOException {
    Files.createDirectories(other.resolve("data.new/base"));
    Files.writeString(other.resolve("data.new/PG_VERSION"), "18");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(other, Map.of())) {
      assertThat(setting(postgres, "fsync")).isEqualTo("on");
    }
  }

  @Test
  void a_killed_holder_takes_postgresql_with_it() throws Exception {
    Process holder = hold();
    ProcessHandle postmaster = postmasterOf(holder);
    holder.destroyForcibly().waitFor();
    awaitEnd(postmaster);
  }

  @Test
  void an_orphan_that_nobody_stopped_is_stopped_by_the_next_start() throws Exception {
    Process holder = hold();
    ProcessHandle postmaster = postmasterOf(holder);
    holder.children().forEach(ProcessHandle::destroyForcibly);
    holder.destroyForcibly().waitFor();
    assertThat(postmaster.isAlive()).isTrue();

    try (EmbeddedPostgres postgres = start()) {
      awaitEnd(postmaster);
      assertThat(postgres.pid()).isNotEqualTo(postmaster.pid());
      assertThat(setting(postgres, "fsync")).isEqualTo("on");
    }
  }

  @Test
  void postgresql_itself_killed_is_started_again_with_its_data() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      jdbc(postgres).sql("CREATE TABLE revived AS SELECT 7 AS n").update();
      long killed = postgres.pid();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();

      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (postgres.pid() == killed && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(postgres.pid()).isNotEqualTo(killed);
      assertThat(kept(postgres, "revived")).isEqualTo(7);
    }
  }

  private Process hold() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            HeldPostgres.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static ProcessHandle postmasterOf(Process holder) throws IOException {
    for (String line = holder.inputReader().readLine(); line != null; ) {
      if (line.startsWith("pid ")) {
        return ProcessHandle.of(Long.parseLong(line.substring(4))).orElseThrow();
      }
      line = holder.inputReader().readLine();
    }
    throw new AssertionError("the holder ended without a PostgreSQL");
  }

  private static void awaitEnd(ProcessHandle process) {
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.start(folder, Map.of());
  }

  private static int kept(EmbeddedPostgres postgres, String table) {
    return jdbc(postgres).sql("SELECT n FROM " + table).query(Integer.class).single();
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
