package io.countersign.server.database;

import java.nio.file.Path;
import java.util.Map;

/// A process that holds an embedded PostgreSQL until it is killed; prints the postmaster's pid.
final class HeldPostgres {

  private HeldPostgres() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]), Map.of());
    System.out.println("pid " + postgres.pid());
    Thread.sleep(Long.MAX_VALUE);
  }
}
