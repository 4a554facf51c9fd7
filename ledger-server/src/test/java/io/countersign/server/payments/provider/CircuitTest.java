package io.countersign.server.payments.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitTest {

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final TestClock clock = new TestClock(Instant.parse("2026-11-24T08:00:00Z"));
  private final Circuit circuit = new Circuit(clock, 3, PAUSE);

  private void unanswered(int sends) {
    for (int i = 0; i < sends; i++) {
      circuit.sent(false);
    }
  }

  @Test
  void it_opens_after_so_many_unanswered_sends_in_a_row() {
    unanswered(2);
    circuit.sent(true);
    unanswered(2);
    assertThat(circuit.allows()).isTrue();

    unanswered(1);
    assertThat(circuit.allows()).isFalse();
    assertThat(circuit.nextTrialAt()).isEqualTo(clock.instant().plus(PAUSE));
  }

  @Test
  void one_trial_is_let_through_per_pause_and_an_answer_closes_it() {
    unanswered(3);
    clock.advance(PAUSE);
    assertThat(circuit.allows()).isTrue();
    assertThat(circuit.allows()).isFalse();
    circuit.sent(false);
    assertThat(circuit.allows()).isFalse();

    clock.advance(PAUSE);
    assertThat(circuit.allows()).isTrue();
    circuit.sent(true);
    assertThat(circuit.allows()).isTrue();
    assertThat(circuit.allows()).isTrue();
  }
}
