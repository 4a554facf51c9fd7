package io.countersign.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestApi.Reply;
import java.util.Set;

/// charge → post → notify, with a card that behaves as its token says, and ends up charged.
final class ChargeScenario extends Scenario {

  private final String token;

  ChargeScenario(Bench bench, String token) {
    super(bench);
    this.token = token;
  }

  @Override
  void prepare(String tag) {
    openMerchant(tag);
  }

  @Override
  Reply ask(String tag) {
    return charge(tag, token);
  }

  @Override
  void check(String tag, Reply answer) {
    String id = answer.text("id");
    Reply payment =
        await(
            () -> integrator().getInMain("/payments/" + id),
            Set.of("succeeded", "declined", "reversed"));
    assertThat(payment.text("state")).as("%s: %s", tag, payment).isEqualTo("succeeded");
    assertThat(charged(id).path("state").asString()).as(tag).isEqualTo("charged");
    assertThat(transactions("merchants:" + tag, "charge")).as(tag).isEqualTo(1);
    assertThat(posted("merchants:" + tag)).as(tag).isEqualTo(AMOUNT);
    assertThat(integrator().getInMain("/sagas/" + payment.text("saga")).text("state"))
        .isEqualTo("done");
    assertThat(told(id)).as("%s in the outbox", tag).isEqualTo(1);
  }

  private long told(String id) {
    return bench
        .books()
        .sql("SELECT count(*) FROM outbox.event WHERE subject = ? AND type = 'payment.succeeded'")
        .param(id)
        .query(Long.class)
        .single();
  }

  @Override
  public String toString() {
    return "charge of " + token;
  }
}
