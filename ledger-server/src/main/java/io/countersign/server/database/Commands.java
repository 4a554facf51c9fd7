package io.countersign.server.database;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs other programs to their end, with a deadline.
final class Commands {

  private Commands() {}

  record Result(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  static Result run(Path folder, Duration deadline, List<String> command) throws IOException {
    // Output goes to a file: a program that leaves a child behind would keep a pipe open for ever.
    Path output = Files.createTempFile("countersign", ".out");
    try {
      Process process =
          builder(folder, command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      if (!endedWithin(process, deadline)) {
        process.destroyForcibly();
        throw new IOException(
            "%s took longer than %s: %s".formatted(command, deadline, Files.readString(output)));
      }
      return new Result(process.exitValue(), Files.readString(output).strip());
    } finally {
      Files.deleteIfExists(output);
    }
  }

  static String output(Path folder, String... command) throws IOException {
    Result result = run(folder, Duration.ofSeconds(10), List.of(command));
    if (!result.succeeded()) {
      throw new IOException(List.of(command) + " failed: " + result.output());
    }
    return result.output();
  }

  /// Whether the program is there and ends well.
  static boolean works(Path folder, List<String> command) {
    try {
      return run(folder, Duration.ofSeconds(10), command).succeeded();
    } catch (IOException e) {
      return false;
    }
  }

  static List<String> join(List<String> prefix, List<String> rest) {
    var all = new ArrayList<>(prefix);
    all.addAll(rest);
    return List.copyOf(all);
  }

  private static ProcessBuilder builder(Path folder, List<String> command) {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    // PGDATA, PGPORT, PGOPTIONS and their like are meant for another PostgreSQL.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static boolean endedWithin(Process process, Duration deadline) throws IOException {
    try {
      return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a program ran");
    }
  }
}
