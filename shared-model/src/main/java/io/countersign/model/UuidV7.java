package io.countersign.model;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Makes time-ordered identifiers: UUID version 7 of RFC 9562, section 5.7.
///
/// Within one generator every id is greater than the one before, also within a millisecond and when
/// the clock steps back: the 12 bits `rand_a` count up and, when used up, borrow from the time (RFC
/// 9562, section 6.2, method 1).
public final class UuidV7 {

  private static final int COUNTER_BITS = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final InstantSource clock;
  private final AtomicLong last = new AtomicLong();

  public UuidV7(InstantSource clock) {
    this.clock = clock;
  }

  public UUID next() {
    long now = clock.millis() << COUNTER_BITS;
    long stamp = last.updateAndGet(before -> Math.max(before + 1, now));
    long millis = stamp >>> COUNTER_BITS;
    long counter = stamp & ((1L << COUNTER_BITS) - 1);
    long high = (millis << 16) | 0x7000L | counter;
    long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
