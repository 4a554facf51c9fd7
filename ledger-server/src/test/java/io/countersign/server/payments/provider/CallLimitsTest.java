package io.countersign.server.payments.provider;

import static io.countersign.server.payments.provider.CallLimits.Lane.BACKGROUND;
import static io.countersign.server.payments.provider.CallLimits.Lane.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.payments.provider.CallLimits.Place;
import org.junit.jupiter.api.Test;

class CallLimitsTest {

  private final CallLimits limits = new CallLimits(new CallLimitProperties(2, 1));

  @Test
  void a_place_is_free_again_once_its_call_has_ended_and_only_once() {
    Place first = limits.take("stripe", REQUEST).orElseThrow();
    Place second = limits.take("stripe", REQUEST).orElseThrow();
    assertThat(limits.take("stripe", REQUEST)).isEmpty();
    assertThat(limits.underWay("stripe", REQUEST)).isEqualTo(2);
    first.close();
    first.close();
    assertThat(limits.take("stripe", REQUEST)).isPresent();
    assertThat(limits.take("stripe", REQUEST)).isEmpty();
    second.close();
    assertThat(limits.underWay("stripe", REQUEST)).isEqualTo(1);
  }

  @Test
  void one_provider_and_one_lane_take_nothing_from_the_others() {
    assertThat(limits.take("stripe", BACKGROUND)).isPresent();
    assertThat(limits.take("stripe", BACKGROUND)).isEmpty();
    assertThat(limits.take("stripe", REQUEST)).isPresent();
    assertThat(limits.take("sandbox", BACKGROUND)).isPresent();
  }

  @Test
  void a_limit_of_nothing_is_refused() {
    assertThatThrownBy(() -> new CallLimitProperties(0, 1))
        .hasMessageContaining("countersign.payments.calls-at-once");
  }
}
