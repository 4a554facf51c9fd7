package io.countersign.server.outbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

  private static final Instant QUEUED = Instant.parse("2026-11-23T08:00:00Z");
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LAST = Duration.ofHours(4);
  private static final Duration GIVE_UP = Duration.ofDays(3);

  private final RetrySchedule schedule = new RetrySchedule(List.of(FIRST, LAST), GIVE_UP);
  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void each_pause_is_jittered_by_up_to_a_fifth_and_the_last_one_repeats() {
    for (int i = 0; i < 200; i++) {
      assertBetween(pause(1, QUEUED, Duration.ZERO), FIRST, Duration.ofSeconds(6));
      assertBetween(pause(2, QUEUED, Duration.ZERO), LAST, Duration.ofMinutes(288));
      assertBetween(pause(9, QUEUED, Duration.ZERO), LAST, Duration.ofMinutes(288));
    }
    assertThat(pause(1, QUEUED, Duration.ZERO)).isNotEqualTo(pause(1, QUEUED, Duration.ZERO));
  }

  @Test
  void an_endpoint_may_ask_for_more_time_within_reason() {
    assertThat(pause(1, QUEUED, Duration.ofMinutes(3))).isEqualTo(Duration.ofMinutes(3));
    assertThat(pause(1, QUEUED, Duration.ofDays(9))).isEqualTo(Duration.ofHours(4));
    assertBetween(pause(2, QUEUED, Duration.ofSeconds(1)), LAST, Duration.ofMinutes(288));
  }

  @Test
  void the_last_attempt_falls_on_the_end_and_none_follows() {
    Instant end = QUEUED.plus(GIVE_UP);
    Instant shortBefore = end.minusSeconds(1);
    assertThat(next(5, shortBefore, Duration.ZERO)).contains(end);
    assertThat(next(5, end, Duration.ZERO)).isEmpty();
    assertThat(next(1, end.plus(GIVE_UP), Duration.ZERO)).isEmpty();
  }

  @Test
  void a_schedule_without_pauses_cannot_be_made() {
    assertThatThrownBy(() -> new RetrySchedule(List.of(), GIVE_UP))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetrySchedule(List.of(Duration.ZERO), GIVE_UP))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Optional<Instant> next(int attempts, Instant now, Duration askedFor) {
    return schedule.next(attempts, QUEUED, now, askedFor, random);
  }

  private Duration pause(int attempts, Instant now, Duration askedFor) {
    return Duration.between(now, next(attempts, now, askedFor).orElseThrow());
  }

  private static void assertBetween(Duration pause, Duration least, Duration most) {
    assertThat(pause).isGreaterThanOrEqualTo(least).isLessThanOrEqualTo(most);
  }
}
