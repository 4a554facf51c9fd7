package io.countersign.planted.server.journal;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/// Reads the machine's clock in all the ways there are, and once as it should.
final class Impatient {

  private Impatient() {}

  static Object[] times(Clock clock) {
    Supplier<Instant> hidden = Instant::now;
    return new Object[] {
      Instant.now(),
      hidden,
      LocalDate.now(ZoneOffset.UTC),
      System.currentTimeMillis(),
      Clock.systemUTC(),
      Instant.now(clock)
    };
  }
}
