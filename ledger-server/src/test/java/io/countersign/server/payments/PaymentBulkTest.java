package io.countersign.server.payments;

import static io.countersign.server.payments.ScriptedProvider.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestApi;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PaymentBulkTest extends PaymentsServer {

  private static final String NOBODYS = "pay_" + new UUID(0, 0);

  private TestApi.Reply bulk(String action, String more, String... ids) {
    return api()
        .as("operator")
        .postInMain(
            "/payments/bulk",
            "{\"action\": \"%s\", \"ids\": [\"%s\"]%s}"
                .formatted(action, String.join("\", \"", ids), more));
  }

  @Test
  void each_payment_has_its_own_outcome() {
    String succeeded = charge("scripted", "any").text("id");
    provider.onCharge = order -> SILENCE;
    String silent = charge("scripted", "any").text("id");
    provider.onLookUp = key -> ScriptedProvider.charged();

    TestApi.Reply checked = bulk("check", "", silent, succeeded, NOBODYS);

    assertThat(checked.status()).as("%s", checked).isEqualTo(200);
    assertThat(checked.text("results.0.id")).isEqualTo(silent);
    assertThat(checked.text("results.0.status")).isEqualTo("202");
    assertThat(checked.json().path("results").path(0).has("problem")).isFalse();
    assertThat(checked.text("results.1.status")).isEqualTo("409");
    assertThat(checked.text("results.1.problem.state")).isEqualTo("succeeded");
    assertThat(checked.text("results.2.status")).isEqualTo("404");
    awaitPayment(silent, "succeeded");
  }

  @Test
  void many_are_given_to_one_owner() {
    String one = charge("scripted", "any").text("id");
    String other = charge("scripted", "any").text("id");

    TestApi.Reply assigned = bulk("assign", ", \"owner\": \"olga\"", one, other, one);

    assertThat(assigned.status()).as("%s", assigned).isEqualTo(200);
    assertThat(assigned.json().path("results")).hasSize(2);
    assertThat(payment(one).text("owner")).isEqualTo("olga");
    assertThat(payment(other).text("owner")).isEqualTo("olga");
    assertThat(integrator().getInMain("/payments/" + one + "/events").body()).contains("to olga");
  }

  @Test
  void what_cannot_be_meant_is_refused_whole() {
    String one = charge("scripted", "any").text("id");
    assertThat(bulk("assign", "", one).problem()).isEqualTo("invalid-request");
    assertThat(bulk("explode", "", one).problem()).isEqualTo("invalid-request");
    assertThat(bulk("check", "", "no id").problem()).isEqualTo("invalid-request");
    assertThat(
            api()
                .as("operator")
                .postInMain("/payments/bulk", "{\"action\": \"check\", \"ids\": []}")
                .problem())
        .isEqualTo("invalid-request");
  }
}
