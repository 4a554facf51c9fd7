package io.countersign.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestApi.Reply;
import java.util.Set;

/// A charge that the books refuse, because the merchant's account was frozen while the card was
/// charged: the card gets its money back.
final class ReversalScenario extends Scenario {

  ReversalScenario(Bench bench) {
    super(bench);
  }

  @Override
  void prepare(String tag) {
    openMerchant(tag);
    bench.freezeWhenCharged(tag);
  }

  @Override
  Reply ask(String tag) {
    return charge(tag, "tok_ok");
  }

  @Override
  void check(String tag, Reply answer) {
    String id = answer.text("id");
    Reply payment =
        await(
            () -> integrator().getInMain("/payments/" + id),
            Set.of("succeeded", "declined", "reversed"));
    assertThat(payment.text("state")).as("%s: %s", tag, payment).isEqualTo("reversed");
    assertThat(charged(id).path("state").asString()).as(tag).isEqualTo("refunded");
    assertThat(charged(id).path("refundedMinorUnits").asLong()).as(tag).isEqualTo(AMOUNT);
    assertThat(transactions("merchants:" + tag, "charge")).as(tag).isZero();
    assertThat(posted("merchants:" + tag)).as(tag).isZero();
  }

  @Override
  public String toString() {
    return "charge that the books refuse";
  }
}
