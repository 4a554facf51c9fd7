package io.countersign.server.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Callers that do one thing again and again for some seconds.
final class Load {

  /// What a caller does once.
  @FunctionalInterface
  interface Step extends AutoCloseable {

    void run() throws Exception;

    /// Gives back what the step was prepared with.
    @Override
    default void close() throws SQLException {}

    /// A step that gives something back at its end.
    static Step with(Connection own, Step step) {
      return new Step() {
        @Override
        public void run() throws Exception {
          step.run();
        }

        @Override
        public void close() throws SQLException {
          own.close();
        }
      };
    }
  }

  /// Makes the step of one caller, which it alone uses: the place for a connection of its own.
  @FunctionalInterface
  interface Caller {
    Step prepare(int number) throws Exception;
  }

  /// @param perSecond steps that ended within the time
  /// @param taken processor time within it
  @SuppressWarnings("ArrayRecordComponent") // made once, never compared
  record Result(double perSecond, Duration time, Processors.Taken taken, long[] sortedNanos) {

    /// Of a processor's time, what one step took.
    double micros(Duration processor) {
      return processor.toNanos() / 1e3 / (perSecond * time.toNanos() / 1e9);
    }

    Duration percentile(double share) {
      return sortedNanos.length == 0
          ? Duration.ZERO
          : Duration.ofNanos(sortedNanos[(int) ((sortedNanos.length - 1) * share)]);
    }
  }

  private static final int SAMPLES_MAX = 200_000;

  private final long postmaster;

  /// @param postmaster the process of PostgreSQL whose processor time is counted
  Load(long postmaster) {
    this.postmaster = postmaster;
  }

  Result run(int callers, Duration warmUp, Duration time, Caller caller)
      throws InterruptedException {
    return run(callers, warmUp, time, 0, caller);
  }

  /// @param stepsPerSecond of all callers together; 0 for as many as they can
  Result run(int callers, Duration warmUp, Duration time, double stepsPerSecond, Caller caller)
      throws InterruptedException {
    long start = System.nanoTime();
    long from = start + warmUp.toNanos();
    long to = from + time.toNanos();
    long[][] samples = new long[callers][];
    long[] steps = new long[callers];
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    Processors.Taken taken;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        int number = i;
        threads.execute(
            () -> {
              long[] nanos = new long[SAMPLES_MAX / callers + 1];
              int count = 0;
              long pause = stepsPerSecond == 0 ? 0 : (long) (1e9 * callers / stepsPerSecond);
              long next = start + (long) (pause * ((double) number / callers));
              try (Step step = caller.prepare(number)) {
                for (long now = System.nanoTime(); now < to; now = System.nanoTime()) {
                  if (pause > 0) {
                    next += pause;
                    sleepUntil(next);
                    now = System.nanoTime();
                  }
                  step.run();
                  long end = System.nanoTime();
                  if (end >= from && end <= to) {
                    steps[number]++;
                    if (count < nanos.length) {
                      nanos[count++] = end - now;
                    }
                  }
                }
              } catch (Exception e) {
                failure.compareAndSet(null, e);
              }
              samples[number] = Arrays.copyOf(nanos, count);
            });
      }
      sleepUntil(from);
      Processors processors = new Processors(postmaster);
      sleepUntil(to);
      taken = processors.taken();
    }
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a caller failed, so nothing was measured", failed);
    }
    long[] sorted = Arrays.stream(samples).flatMapToLong(Arrays::stream).sorted().toArray();
    return new Result(Arrays.stream(steps).sum() / (time.toNanos() / 1e9), time, taken, sorted);
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    long left = nanos - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }
}
