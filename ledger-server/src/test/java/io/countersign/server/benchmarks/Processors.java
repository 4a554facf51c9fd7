package io.countersign.server.benchmarks;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Processor time that this process and those of PostgreSQL have taken: on a machine that is shared
/// it says more than the clock.
final class Processors {

  private final long postmaster;
  private final Map<Long, Long> before;
  private final long own = own();

  /// @param postmaster the process of PostgreSQL that has all others for children
  Processors(long postmaster) {
    this.postmaster = postmaster;
    this.before = children();
  }

  /// Processor time since this was made.
  ///
  /// @param java of this process: the server and whoever calls it
  /// @param database of PostgreSQL, but for its processes that have ended meanwhile
  record Taken(Duration java, Duration database) {}

  Taken taken() {
    long database =
        children().entrySet().stream()
            .mapToLong(child -> child.getValue() - before.getOrDefault(child.getKey(), 0L))
            .sum();
    return new Taken(Duration.ofNanos(own() - own), Duration.ofNanos(database));
  }

  private static long own() {
    return nanos(ProcessHandle.current());
  }

  private Map<Long, Long> children() {
    Map<Long, Long> nanos = new HashMap<>();
    ProcessHandle.of(postmaster).stream()
        .flatMap(ProcessHandle::children)
        .forEach(process -> nanos.put(process.pid(), nanos(process)));
    return nanos;
  }

  private static long nanos(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }
}
