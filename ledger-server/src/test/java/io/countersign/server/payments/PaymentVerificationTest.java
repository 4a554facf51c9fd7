package io.countersign.server.payments;

import static io.countersign.server.payments.ScriptedProvider.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.id.PaymentId;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.testing.TestApi;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// The command of operators and auditors: is each payment what its history makes of it?
class PaymentVerificationTest extends PaymentsServer {

  @Autowired JdbcClient jdbc;

  @Test
  void a_row_that_somebody_changed_is_found_and_nothing_else() {
    String changed = manyPayments();
    JsonNode intact = verify("auditor");
    assertThat(intact.path("state").asString()).as("%s", intact).isEqualTo("intact");
    assertThat(intact.path("checked").asLong()).isGreaterThan(500);
    assertThat(intact.path("differing").asLong()).isZero();
    assertThat(intact.path("requestedBy").asString()).isEqualTo("auditor");

    change(changed, 1249);
    try {
      JsonNode broken = verify("operator");
      assertThat(broken.path("state").asString()).as("%s", broken).isEqualTo("broken");
      assertThat(broken.path("differing").asLong()).isEqualTo(1);
      JsonNode difference = broken.path("differences").path(0);
      assertThat(difference.path("payment").asString()).isEqualTo(changed);
      assertThat(difference.path("what").asString()).isEqualTo("refunded");
      assertThat(difference.path("stored").asString()).isEqualTo("1249");
      assertThat(difference.path("fromHistory").asString()).isEqualTo("250");
    } finally {
      change(changed, 250);
    }
    assertThat(verify("admin").path("state").asString()).isEqualTo("intact");
  }

  /// More than a page of them, in every state that a test can reach at once.
  private String manyPayments() {
    String refunded = charge("scripted", "any").text("id");
    refund(refunded, refundOf(250));
    provider.onCharge = order -> new ProviderReply.Declined("stolen_card");
    for (int i = 0; i < 510; i++) {
      charge("scripted", "any");
    }
    provider.onCharge = order -> SILENCE;
    charge("scripted", "any");
    return refunded;
  }

  private void change(String payment, long refunded) {
    int rows =
        jdbc.sql("UPDATE payments.payment SET refunded = ? WHERE ledger_id = 1 AND id = ?")
            .params(refunded, PaymentId.parse(payment).uuid())
            .update();
    assertThat(rows).isEqualTo(1);
  }

  private JsonNode verify(String role) {
    TestApi.Reply asked = api().as(role).postInMain("/payments/verifications", "{}");
    assertThat(asked.status()).as("%s", asked).isEqualTo(202);
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (true) {
      JsonNode latest = integrator().getInMain("/payments/verifications/latest").json();
      if (!latest.path("state").asString().equals("running")) {
        return latest;
      }
      assertThat(System.nanoTime()).as("%s", latest).isLessThan(deadline);
      java.util.concurrent.locks.LockSupport.parkNanos(50_000_000L);
    }
  }
}
