package io.countersign.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stops PostgreSQL when the server ends without doing so itself, even by `kill -9`: a child
/// process reads from a pipe that the kernel closes whenever the server ends, and then asks
/// PostgreSQL for a clean shutdown.
final class Watchdog implements AutoCloseable {

  // The signals of a terminal reach the whole process group; the watchdog outlives them.
  private static final String SCRIPT =
      "trap '' INT TERM HUP; cat >/dev/null; kill -INT \"$1\" 2>/dev/null";

  private final @Nullable Process process;

  private Watchdog(@Nullable Process process) {
    this.process = process;
  }

  /// On Windows nobody watches; the next start stops what was left.
  static Watchdog over(long pid) throws IOException {
    if (!Files.isExecutable(Path.of("/bin/sh"))) {
      return new Watchdog(null);
    }
    List<String> shell = List.of("/bin/sh", "-c", SCRIPT, "countersign-watchdog", "" + pid);
    boolean ownSession = Files.isExecutable(Path.of("/usr/bin/setsid"));
    return new Watchdog(
        new ProcessBuilder(ownSession ? Commands.join(List.of("setsid"), shell) : shell)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      process.destroyForcibly();
      process.getOutputStream().close();
    }
  }
}
