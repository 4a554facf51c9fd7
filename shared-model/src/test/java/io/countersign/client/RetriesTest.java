package io.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetriesTest {

  private final Retries retries = new Retries(5, Duration.ofMillis(100), Duration.ofSeconds(1));

  @Test
  void pauses_are_spread_from_nothing_up_to_a_doubling_ceiling() {
    assertThat(longest(1)).isBetween(90L, 100L);
    assertThat(longest(2)).isBetween(180L, 200L);
    assertThat(longest(60)).isBetween(900L, 1000L);
    assertThat(shortest(3)).isLessThan(20L);
  }

  @Test
  void what_the_server_asks_for_is_the_least() {
    assertThat(retries.pause(1, Duration.ofSeconds(1), new Random(1)))
        .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1100));
  }

  @Test
  void it_ends_after_the_last_attempt_or_a_wait_too_long() {
    assertThat(retries.allows(4, null)).isTrue();
    assertThat(retries.allows(5, null)).isFalse();
    assertThat(retries.allows(1, Duration.ofSeconds(2))).isFalse();
  }

  private long longest(int failed) {
    Random random = new Random(7);
    return IntStream.range(0, 500)
        .mapToLong(i -> retries.pause(failed, null, random).toMillis())
        .max()
        .orElseThrow();
  }

  private long shortest(int failed) {
    Random random = new Random(7);
    return IntStream.range(0, 500)
        .mapToLong(i -> retries.pause(failed, null, random).toMillis())
        .min()
        .orElseThrow();
  }
}
