package io.countersign.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UuidV7Test {

  private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);
  private final UuidV7 ids = new UuidV7(() -> Instant.ofEpochMilli(millis.get()));

  @Test
  void it_says_its_version_its_variant_and_its_instant() {
    UUID id = ids.next();
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(1_800_000_000_000L);
  }

  @Test
  void
      every_id_sorts_after_the_one_before_also_within_a_millisecond_and_when_the_clock_steps_back() {
    String before = ids.next().toString();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      if (i == 5_000) {
        millis.addAndGet(-60_000);
      }
      String next = ids.next().toString();
      assertThat(next).isGreaterThan(before);
      assertThat(seen.add(next)).isTrue();
      before = next;
    }
  }

  @Test
  void threads_never_share_an_id() {
    Set<UUID> seen = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 20_000).parallel().forEach(i -> seen.add(ids.next()));
    assertThat(seen).hasSize(20_000);
  }
}
