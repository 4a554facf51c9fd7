package io.countersign.server.payments;

import static io.countersign.server.payments.ScriptedProvider.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.server.payments.provider.ProviderEvent;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.testing.TestApi;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Payments that become people's work: silence past the deadline, and answers that contradict what
/// people had decided.
class DeadlineTest extends PaymentsServer {

  @Test
  void silence_past_the_deadline_is_an_exception_until_the_answer_comes() {
    provider.onCharge = order -> SILENCE;
    String id = charge("scripted", "any").text("id");
    JsonNode exception = awaitException(id, "unconfirmed_payment");

    assertThat(exception.path("state").asString()).isEqualTo("open");
    assertThat(exception.path("payment").asString()).isEqualTo(id);
    assertThat(exception.path("amount").path("minorUnits").asLong()).isEqualTo(1250);
    assertThat(exception.path("source").isNull()).isTrue();
    assertThat(payment(id).text("state")).isEqualTo("pending_confirmation");
    assertThat(payment(id).json().path("nextCheckAt").isNull()).isFalse();

    provider.onLookUp = key -> ScriptedProvider.charged();
    awaitPayment(id, "succeeded");
    JsonNode resolved = exception(exception);
    assertThat(resolved.path("state").asString()).isEqualTo("resolved");
    assertThat(resolved.path("resolution").path("type").asString()).isEqualTo("answer");
  }

  @Test
  void a_refund_that_stays_silent_past_the_deadline_is_one_too() {
    String id = charge("scripted", "any").text("id");
    provider.onRefund = order -> SILENCE;
    String refund = refund(id, refundOf(250)).text("id");
    JsonNode exception = awaitException(id, "unconfirmed_payment");
    assertThat(integrator().getInMain("/refunds/" + refund).text("state"))
        .isEqualTo("pending_confirmation");

    provider.onRefundLookUp = key -> ScriptedProvider.refunded();
    await(() -> integrator().getInMain("/refunds/" + refund), "succeeded");
    assertThat(exception(exception).path("state").asString()).isEqualTo("resolved");
  }

  @Test
  void one_that_was_dismissed_does_not_come_back_at_the_next_check() {
    provider.onCharge = order -> SILENCE;
    String id = charge("scripted", "any").text("id");
    JsonNode exception = awaitException(id, "unconfirmed_payment");
    String path = "/exceptions/" + exception.path("id").asString();
    assertThat(
            api()
                .as("operator")
                .postInMain(
                    path + "/match",
                    "{\"lines\": [], \"transactions\": [\"txn_%s\"], \"reason\": \"x\"}"
                        .formatted(new UUID(0, 0)))
                .problem())
        .isEqualTo("wrong-state");
    TestApi.Reply dismissed =
        api().as("operator").postInMain(path + "/dismiss", "{\"reason\": \"known outage\"}");
    assertThat(dismissed.status()).as("%s", dismissed).isEqualTo(200);

    int checks = payment(id).json().path("checks").asInt();
    await(() -> payment(id).json().path("checks").asInt() > checks + 1);

    assertThat(exceptions(id)).hasSize(1);
    assertThat(exception(exception).path("state").asString()).isEqualTo("resolved");
    TestApi.Reply reopened =
        api().as("operator").postInMain(path + "/reopen", "{\"reason\": \"still silent\"}");
    assertThat(reopened.text("state")).as("%s", reopened).isEqualTo("open");
  }

  @Test
  void a_late_success_after_a_decline_by_people_flips_nothing_and_is_an_exception() {
    String id = resolved("declined");
    assertThat(webhook(id, ScriptedProvider.charged())).isEqualTo(204);

    JsonNode exception = awaitException(id, "late_success");
    assertThat(exception.path("payment").asString()).isEqualTo(id);
    assertThat(payment(id).text("state")).isEqualTo("declined");
    assertThat(transactions("charge")).isZero();
  }

  @Test
  void a_late_decline_after_a_success_by_people_flips_nothing_and_is_an_exception() {
    String id = resolved("succeeded");
    assertThat(webhook(id, new ProviderReply.Declined("stolen_card"))).isEqualTo(204);

    awaitException(id, "late_decline");
    assertThat(payment(id).text("state")).isEqualTo("succeeded");
    assertThat(posted(merchant)).isEqualTo(1250);
  }

  private String resolved(String outcome) {
    provider.onCharge = order -> SILENCE;
    String id = charge("scripted", "any").text("id");
    TestApi.Reply proposed =
        api()
            .as("operator")
            .postInMain(
                "/payments/" + id + "/resolutions",
                "{\"outcome\": \"%s\", \"reason\": \"r\", \"evidence\": {\"note\": \"n\"}}"
                    .formatted(outcome));
    String approval = "/approvals/" + proposed.text("approvalId");
    String hash = integrator().getInMain(approval).text("contentHash");
    TestApi.Reply approved =
        api()
            .as("approver")
            .postInMain(approval + "/approve", "{\"contentHash\": \"" + hash + "\"}");
    assertThat(approved.status()).as("%s", approved).isEqualTo(200);
    return id;
  }

  private int webhook(String payment, ProviderReply.ToChargeLookup outcome) {
    provider.event =
        new ProviderEvent.AboutCharge(
            "evt-" + UUID.randomUUID(),
            ProviderKey.ofCharge(PaymentId.parse(payment)),
            Money.of(1250, "EUR"),
            outcome);
    return api().anonymous().postInMain("/providers/scripted/webhooks", "{}").status();
  }

  private JsonNode exceptions(String payment) {
    return integrator().getInMain("/exceptions?text=" + payment).json().path("items");
  }

  private JsonNode exception(JsonNode seen) {
    return integrator().getInMain("/exceptions/" + seen.path("id").asString()).json();
  }

  private JsonNode awaitException(String payment, String category) {
    await(() -> !exceptions(payment).isEmpty());
    JsonNode found = exceptions(payment).path(0);
    assertThat(found.path("category").asString()).isEqualTo(category);
    return found;
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + java.time.Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(java.time.Duration.ofMillis(50).toNanos());
    }
  }
}
