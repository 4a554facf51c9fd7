package io.countersign.server.payments;

import static io.countersign.server.payments.ScriptedProvider.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestApi;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/// A provider that answers no send. On a server of its own: others would wait with it.
@TestPropertySource(
    properties = {
      "countersign.payments.circuit.opens-after=20",
      "countersign.payments.circuit.pause=1s"
    })
class OpenCircuitTest extends PaymentsServer {

  @Test
  void new_payments_wait_unsent_until_a_trial_is_answered_and_then_go_by_themselves() {
    provider.onCharge = order -> SILENCE;
    for (int sends = 0; sends < 20; sends++) {
      assertThat(charge("scripted", "any").text("state")).isEqualTo("pending_confirmation");
    }
    int sent = provider.sent.size();
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      TestApi.Reply made = charge("scripted", "any");
      assertThat(made.status()).as("%s", made).isEqualTo(202);
      waiting.add(made.text("id"));
    }
    assertThat(provider.sent.size() - sent).as("at most a trial per pause").isLessThan(5);
    assertThat(waiting.stream().map(id -> payment(id).text("state"))).contains("created");
    assertThat(charge("sandbox", "tok_ok").status()).as("another provider").isEqualTo(201);

    provider.onCharge = order -> ScriptedProvider.charged();
    provider.onLookUp = key -> ScriptedProvider.charged();
    waiting.forEach(id -> awaitPayment(id, "succeeded"));

    assertThat(charge("scripted", "any").status()).as("it is closed again").isEqualTo(201);
    assertThat(provider.sent).doesNotHaveDuplicates();
    for (String id : waiting) {
      assertThat(integrator().getInMain("/payments/" + id).json().path("transactions")).hasSize(1);
    }
  }
}
