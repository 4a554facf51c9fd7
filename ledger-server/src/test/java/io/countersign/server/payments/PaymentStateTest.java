package io.countersign.server.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.RefundState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaymentStateTest {

  private static final Instant BEGUN = Instant.parse("2026-11-23T08:00:00Z");
  private static final CheckSchedule SCHEDULE =
      new CheckSchedule(
          List.of(Duration.ofSeconds(2), Duration.ofHours(1)),
          Duration.ofHours(24),
          Duration.ofHours(6));

  @Test
  void every_state_is_reached_from_created() {
    EnumSet<PaymentState> reached = EnumSet.of(PaymentState.CREATED);
    while (reached.addAll(reached.stream().flatMap(state -> state.next().stream()).toList())) {
      assertThat(reached.size()).isLessThanOrEqualTo(PaymentState.values().length);
    }
    assertThat(reached).containsExactlyInAnyOrder(PaymentState.values());
  }

  @Test
  void what_became_of_a_charge_is_never_unknown_again() {
    for (PaymentState state : PaymentState.values()) {
      if (state.isFinal()) {
        assertThat(state.next()).allMatch(PaymentState::isFinal);
      }
    }
    assertThat(PaymentState.DECLINED.next()).isEmpty();
    assertThat(PaymentState.REVERSED.next()).isEmpty();
  }

  @Test
  void only_what_was_charged_is_refunded() {
    for (PaymentState state : PaymentState.values()) {
      Set<PaymentState> refunds =
          EnumSet.of(PaymentState.PARTIALLY_REFUNDED, PaymentState.REFUNDED);
      if (!state.isCharged()) {
        assertThat(state.next()).doesNotContainAnyElementsOf(refunds);
      }
    }
  }

  @Test
  void a_refund_ends_once() {
    assertThat(RefundState.SUCCEEDED.isFinal()).isTrue();
    assertThat(RefundState.DECLINED.isFinal()).isTrue();
    assertThat(RefundState.PENDING_CONFIRMATION.next())
        .containsExactlyInAnyOrder(RefundState.SUCCEEDED, RefundState.DECLINED);
  }

  @Test
  void checks_keep_to_their_schedule_and_its_last_pause_repeats() {
    Instant now = BEGUN.plusSeconds(60);
    Random random = new Random(7);
    for (int i = 0; i < 100; i++) {
      assertThat(SCHEDULE.next(BEGUN, 0, now, random))
          .isBetween(now.plusSeconds(2), now.plusMillis(2400));
      assertThat(SCHEDULE.next(BEGUN, 1 + i, now, random))
          .isBetween(now.plusSeconds(3600), now.plusSeconds(4320));
    }
  }

  @Test
  void a_check_falls_on_the_deadline_and_after_it_they_are_rarer() {
    Instant end = BEGUN.plus(Duration.ofHours(24));
    Random random = new Random(7);
    for (int i = 0; i < 100; i++) {
      assertThat(SCHEDULE.next(BEGUN, 30, end.minusSeconds(1800), random)).isEqualTo(end);
      assertThat(SCHEDULE.next(BEGUN, 31, end, random))
          .isBetween(end.plus(Duration.ofHours(6)), end.plus(Duration.ofMinutes(432)));
    }
  }

  @Test
  void a_schedule_whose_pauses_are_longer_still_is_kept_after_the_deadline() {
    CheckSchedule rare =
        new CheckSchedule(List.of(Duration.ofHours(12)), Duration.ofHours(24), Duration.ofHours(6));
    Instant late = BEGUN.plus(Duration.ofDays(2));
    assertThat(rare.next(BEGUN, 9, late, new Random(7)))
        .isAfterOrEqualTo(late.plus(Duration.ofHours(12)));
  }
}
