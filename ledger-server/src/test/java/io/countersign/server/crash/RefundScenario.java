package io.countersign.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestApi.Reply;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// hold → refund → post → notify.
final class RefundScenario extends Scenario {

  private static final long PART = 450;

  private final Map<String, String> payments = new ConcurrentHashMap<>();

  RefundScenario(Bench bench) {
    super(bench);
  }

  @Override
  void prepare(String tag) {
    openMerchant(tag);
    Reply charged = charge(tag, "tok_ok");
    assertThat(charged.text("state")).as("%s", charged).isEqualTo("succeeded");
    payments.put(tag, charged.text("id"));
  }

  @Override
  Reply ask(String tag) {
    return integrator()
        .withKey("refund-" + tag)
        .postInMain(
            "/payments/" + payments.get(tag) + "/refunds",
            """
            {"amount": {"minorUnits": %d, "currency": "EUR"}, "reason": "returned"}
            """
                .formatted(PART));
  }

  @Override
  void check(String tag, Reply answer) {
    String id = answer.text("id");
    Reply refund =
        await(() -> integrator().getInMain("/refunds/" + id), Set.of("succeeded", "declined"));
    assertThat(refund.text("state")).as("%s: %s", tag, refund).isEqualTo("succeeded");
    String payment = String.valueOf(payments.get(tag));
    assertThat(charged(payment).path("refundedMinorUnits").asLong()).as(tag).isEqualTo(PART);
    Reply after = integrator().getInMain("/payments/" + payment);
    assertThat(after.text("state")).as(tag).isEqualTo("partially_refunded");
    assertThat(after.json().path("refunds").size()).as(tag).isEqualTo(1);
    assertThat(transactions("merchants:" + tag, "refund")).as(tag).isEqualTo(1);
    Reply balance = integrator().getInMain("/accounts/merchants:" + tag + "/balance");
    assertThat(balance.text("posted")).as(tag).isEqualTo("" + (AMOUNT - PART));
    assertThat(balance.text("available")).as(tag).isEqualTo("" + (AMOUNT - PART));
  }

  @Override
  public String toString() {
    return "refund";
  }
}
