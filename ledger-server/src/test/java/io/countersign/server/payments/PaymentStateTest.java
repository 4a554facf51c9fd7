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
    CheckSchedule schedule = new CheckSchedule(List.of(Duration.ofSeconds(2), Duration.ofHours(1)));
    Instant now = Instant.parse("2026-11-23T08:00:00Z");
    Random random = new Random(7);
    for (int i = 0; i < 100; i++) {
      assertThat(schedule.next(0, now, random)).isBetween(now.plusSeconds(2), now.plusMillis(2400));
      assertThat(schedule.next(1 + i, now, random))
          .isBetween(now.plusSeconds(3600), now.plusSeconds(4320));
    }
  }
}
