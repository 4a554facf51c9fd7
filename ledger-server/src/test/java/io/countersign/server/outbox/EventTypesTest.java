package io.countersign.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypesTest {

  @Test
  void the_types_are_those_of_the_contract() {
    assertThat(EventTypes.all())
        .containsExactlyInAnyOrder(
            "payment.created",
            "payment.submitted",
            "payment.succeeded",
            "payment.declined",
            "payment.pending_confirmation",
            "payment.partially_refunded",
            "payment.refunded",
            "payment.reversed",
            "refund.pending_approval",
            "refund.submitted",
            "refund.succeeded",
            "refund.declined",
            "refund.pending_confirmation",
            "hold.open",
            "hold.captured",
            "hold.released",
            "hold.expired",
            "exception.opened",
            "exception.resolved",
            "approval.pending",
            "approval.approved",
            "approval.rejected",
            "approval.withdrawn",
            "approval.expired",
            "approval.superseded",
            "statement.accepted",
            "statement.quarantined",
            "statement.duplicate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"payment.succeeded", "payment.*", "exception.*", "*"})
  void an_endpoint_may_ask_for(String pattern) {
    assertThat(EventTypes.isPattern(pattern)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "payment", "payment.", "payment.paid", "pay*", "pay.*", ".*", "**", "*.open"})
  void an_endpoint_may_not_ask_for(String pattern) {
    assertThat(EventTypes.isPattern(pattern)).isFalse();
  }

  @Test
  void what_the_contract_does_not_name_cannot_be_told() {
    assertThatThrownBy(() -> new Told("payment.paid", "pay_1", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("payment.paid");
  }
}
