package io.countersign.server.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/// A real PostgreSQL in one folder, owned by this process, durable as PostgreSQL is by default.
///
/// Its data outlives every end of the process: a half-made cluster is never used, what an earlier
/// server left running is stopped first, and a `kill -9` of this one stops PostgreSQL too. A second
/// server on the same folder is refused. Should PostgreSQL itself be killed, it is started again on
/// the same port.
public final class EmbeddedPostgres implements AutoCloseable {

  /// The role that owns the cluster.
  public static final String OWNER = "countersign_owner";

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration INITDB_DEADLINE = Duration.ofMinutes(2);
  private static final Duration START_DEADLINE = Duration.ofMinutes(2);
  private static final Duration STOP_DEADLINE = Duration.ofMinutes(1);

  private static final int START_ATTEMPTS_MAX = 10;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

  private final Path folder;
  private final Path data;
  private final FolderLock lock;
  private final Path binaries;
  private final Unprivileged unprivileged;
  private final Map<String, String> settings;
  private final String ownerPassword;
  private final int port = freePort();
  private volatile long pid;
  private Watchdog watchdog;
  private boolean closing;

  private EmbeddedPostgres(Path folder, FolderLock lock, Map<String, String> settings, URL archive)
      throws IOException {
    this.folder = folder;
    this.lock = lock;
    this.data = folder.resolve("data");
    this.binaries = PostgresBinaries.unpackedUnder(folder, archive).resolve("bin");
    this.unprivileged = Unprivileged.find(binaries.resolve("postgres"), folder);
    this.ownerPassword = new Home(folder).secret("owner.password");
    this.settings = settings;
    initialise();
    this.pid = start();
    this.watchdog = Watchdog.over(pid);
    reviveAfter(pid);
  }

  /// Starts PostgreSQL on a free port of the loopback address and waits until it answers.
  ///
  /// @param settings added to `postgresql.conf`'s, for this start only
  /// @throws DatabaseUnusable when another server holds the folder, or this machine cannot run it
  public static EmbeddedPostgres start(Path folder, Map<String, String> settings)
      throws IOException {
    return start(folder, settings, PostgresBinaries.bundled());
  }

  /// As [#start(Path, Map)], with the binaries of any supported major.
  static EmbeddedPostgres start(Path folder, Map<String, String> settings, URL archive)
      throws IOException {
    Path real = Home.at(folder).folder();
    FolderLock lock = FolderLock.on(real);
    try {
      return new EmbeddedPostgres(real, lock, settings, archive);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  public String ownerPassword() {
    return ownerPassword;
  }

  /// The postmaster's process id.
  public long pid() {
    return pid;
  }

  /// Stops PostgreSQL cleanly; open connections are ended.
  @Override
  public synchronized void close() throws IOException {
    closing = true;
    try {
      if (ProcessHandle.of(pid).isPresent()) {
        stop();
      }
    } finally {
      watchdog.close();
      lock.close();
    }
  }

  // PostgreSQL recovers from the end of any of its processes but the first; that is left to us.
  private void reviveAfter(long watched) {
    Thread.ofVirtual()
        .name("postgres-watch")
        .start(
            () -> {
              ProcessHandle.of(watched).ifPresent(process -> process.onExit().join());
              revive();
            });
  }

  private synchronized void revive() {
    if (closing) {
      return;
    }
    log.error("PostgreSQL has ended by itself; starting it again. See {}", serverLog());
    try {
      watchdog.close();
      pid = start();
      watchdog = Watchdog.over(pid);
      reviveAfter(pid);
    } catch (IOException e) {
      log.error("PostgreSQL cannot be started again; restart the server", e);
    }
  }

  private void initialise() throws IOException {
    if (Files.exists(data)) {
      return;
    }
    Path draft = folder.resolve("data.new");
    FileSystemUtils.deleteRecursively(draft);
    Files.createDirectory(draft, Home.ownerOnly("rwx------"));
    unprivileged.own(draft);
    Path password = folder.resolve("owner.password");
    unprivileged.own(password);
    List<String> initdb =
        List.of(
            tool("initdb"),
            "--pgdata=" + draft,
            "--username=" + OWNER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--data-checksums");
    run(INITDB_DEADLINE, Commands.join(initdb, localeProvider()));
    Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
  }

  // Majors before 17 have no provider of their own and sort by code point just so.
  private List<String> localeProvider() throws IOException {
    String version = Commands.output(folder, tool("postgres"), "--version");
    int major = Integer.parseInt(version.replaceFirst("\\D*(\\d+).*", "$1"));
    return major < 17
        ? List.of()
        : List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8");
  }

  // The lock is ours, so a live postmaster on this data was left by a server that is gone. A pid
  // file
  // without a live process stays: through it PostgreSQL sees sessions that outlive their
  // postmaster.
  private void stopLeftover() throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    var named = ProcessHandle.of(pidIn(pidFile)).filter(ProcessHandle::isAlive);
    if (named.isEmpty()) {
      return;
    }
    if (!servesOurData(named.get())) {
      log.info("Removing the pid file of a PostgreSQL that is gone");
      Files.deleteIfExists(pidFile);
      return;
    }
    log.warn("Stopping a PostgreSQL that an earlier server left running");
    try {
      stop();
    } catch (IOException e) {
      // Its watchdog may have been faster; what counts is that it is gone.
      if (named.get().isAlive()) {
        throw e;
      }
    }
  }

  // A pid alone proves nothing: after a restart of the machine it may be anybody's.
  private boolean servesOurData(ProcessHandle process) {
    String command = process.info().command().orElse("");
    boolean postgres = command.endsWith("/postgres") || command.endsWith("postgres.exe");
    return postgres
        && process.info().commandLine().map(line -> line.contains(data.toString())).orElse(true);
  }

  // Sessions of a postmaster that was killed need a moment to notice, and hold the next one off.
  private long start() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        stopLeftover();
        startOnce();
        return pidIn(data.resolve("postmaster.pid"));
      } catch (IOException e) {
        if (attempt == START_ATTEMPTS_MAX) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
      }
    }
  }

  private void startOnce() throws IOException {
    var options =
        new StringBuilder("-p %d -c listen_addresses=127.0.0.1".formatted(port))
            .append(" -c unix_socket_directories= -c timezone=UTC -c log_timezone=UTC");
    settings.forEach((name, value) -> options.append(" -c %s=%s".formatted(name, value)));
    if (!Files.exists(serverLog())) {
      Files.createFile(serverLog(), Home.ownerOnly("rw-------"));
      unprivileged.own(serverLog());
    }
    run(
        START_DEADLINE.plusSeconds(5),
        List.of(
            tool("pg_ctl"),
            "--pgdata=" + data,
            "--log=" + serverLog(),
            "--options=" + options,
            "--wait",
            "--timeout=" + START_DEADLINE.toSeconds(),
            "start"));
  }

  private Path serverLog() {
    return folder.resolve("postgres.log");
  }

  private void stop() throws IOException {
    run(
        STOP_DEADLINE.plusSeconds(5),
        List.of(
            tool("pg_ctl"),
            "--pgdata=" + data,
            "--mode=fast",
            "--wait",
            "--timeout=" + STOP_DEADLINE.toSeconds(),
            "stop"));
  }

  private void run(Duration deadline, List<String> command) throws IOException {
    Commands.Result result =
        Commands.run(folder, deadline, Commands.join(unprivileged.prefix(), command));
    if (!result.succeeded()) {
      throw new IOException(
          "%s failed: %s (see also %s)"
              .formatted(command.getFirst(), result.output(), serverLog()));
    }
  }

  private String tool(String name) {
    return binaries.resolve(name).toString();
  }

  private static long pidIn(Path pidFile) throws IOException {
    return Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
