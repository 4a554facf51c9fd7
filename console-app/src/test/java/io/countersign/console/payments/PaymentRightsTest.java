package io.countersign.console.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.client.Verdict;
import io.countersign.console.testing.DemoWork;
import io.countersign.console.testing.StandInServer;
import io.countersign.console.testing.Workplaces;
import io.countersign.model.id.RefundId;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.Refund;
import io.countersign.model.payments.RefundState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaymentRightsTest {

  private static final Payment DECLINED = declined(DemoWork.payment(1));

  private final StandInServer server = new StandInServer();
  private final PaymentRights rights = new PaymentRights(Workplaces.of(server, "operator"));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_declined_payment_is_refunded_only_if_its_charge_came_late() {
    assertThat(mayRefund(List.of()))
        .isEqualTo(Verdict.no("The card was not charged; there is nothing to refund."));
    assertThat(mayRefund(List.of("late_success")).may()).isTrue();
  }

  @Test
  void what_was_rejected_may_be_proposed_again_and_what_waits_may_not() {
    assertThat(mayRefund(List.of("late_success"), RefundState.DECLINED).may()).isTrue();
    assertThat(mayRefund(List.of("late_success"), RefundState.PENDING_APPROVAL).may()).isFalse();
    assertThat(
            mayRefund(List.of("late_success"), RefundState.DECLINED, RefundState.SUCCEEDED).may())
        .isFalse();
  }

  private Verdict mayRefund(List<String> events, RefundState... refunds) {
    Instant now = DECLINED.createdAt();
    return rights.mayRefund(
        new PaymentDetail(
            DECLINED,
            events.stream()
                .map(type -> new PaymentEvent(1L, now, type, null, null, "sandbox", null))
                .toList(),
            Arrays.stream(refunds)
                .map(
                    state ->
                        new Refund(
                            new RefundId(new UUID(0, 1)),
                            DECLINED.id(),
                            state,
                            DECLINED.amount(),
                            null))
                .toList(),
            null,
            now));
  }

  private static Payment declined(Payment payment) {
    return new Payment(
        payment.id(),
        PaymentState.DECLINED,
        payment.amount(),
        payment.refundedAmount(),
        payment.merchantAccount(),
        payment.provider(),
        payment.providerKey(),
        payment.providerReference(),
        payment.reference(),
        payment.description(),
        "not_charged",
        payment.createdAt(),
        payment.updatedAt(),
        null,
        payment.checks(),
        payment.owner(),
        payment.transactions(),
        payment.refunds(),
        payment.saga(),
        payment.ifChargedRefund(),
        payment.metadata());
  }
}
