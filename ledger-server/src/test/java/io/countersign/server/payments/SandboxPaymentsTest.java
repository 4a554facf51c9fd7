package io.countersign.server.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Over HTTP, against the sandbox acquirer as it is.
class SandboxPaymentsTest extends PaymentsServer {

  @ParameterizedTest
  @ValueSource(strings = {"tok_ok", "tok_slow", "tok_flaky"})
  void what_is_charged_is_posted_before_the_answer(String token) {
    TestApi.Reply made = charge("sandbox", token);
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    assertThat(made.text("state")).isEqualTo("succeeded");
    assertThat(made.text("providerKey")).isEqualTo(made.text("id") + "-charge");
    assertThat(made.text("providerReference")).isNotBlank();
    assertThat(made.text("reference")).isEqualTo("order 7");
    assertThat(posted(merchant)).isEqualTo(1250);
    TestApi.Reply transaction =
        integrator().getInMain("/transactions/" + made.text("transactions.0"));
    assertThat(transaction.text("kind")).isEqualTo("charge");
    assertThat(transaction.text("reference")).isEqualTo("order 7");
    assertThat(transaction.text("relatesTo.id")).isEqualTo(made.text("id"));
    assertThat(transaction.text("entries.0.account")).isEqualTo("providers:sandbox:eur");
    assertThat(transaction.text("entries.0.direction")).isEqualTo("DEBIT");
    TestApi.Reply saga = integrator().getInMain("/sagas/" + made.text("saga"));
    assertThat(saga.text("state")).isEqualTo("done");
    assertThat(saga.text("subject.id")).isEqualTo(made.text("id"));
    assertThat(saga.json().path("steps").findValuesAsString("name"))
        .containsExactly("charge", "post", "notify");
  }

  @Test
  void a_declined_card_is_a_final_answer_and_nothing_is_posted() {
    TestApi.Reply made = charge("sandbox", "tok_declined");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("state")).isEqualTo("declined");
    assertThat(made.text("declineCode")).isEqualTo("card_declined");
    assertThat(transactions("charge")).isZero();
    assertThat(integrator().getInMain("/sagas/" + made.text("saga")).text("state"))
        .isEqualTo("undone");
  }

  @ParameterizedTest
  @CsvSource({
    "tok_charged_no_answer, succeeded, 1",
    "tok_not_charged_no_answer, declined, 0",
    "tok_late_webhook, succeeded, 1"
  })
  void silence_is_parked_and_resolved_by_checks_or_by_the_provider(
      String token, String end, int charges) {
    TestApi.Reply made = charge("sandbox", token);
    assertThat(made.status()).as("%s", made).isEqualTo(202);
    assertThat(made.text("state")).isEqualTo("pending_confirmation");
    assertThat(made.text("nextCheckAt")).isNotBlank();
    assertThat(transactions("charge")).isZero();
    awaitPayment(made.text("id"), end);
    assertThat(transactions("charge")).isEqualTo(charges);
    assertThat(posted(merchant)).isEqualTo(1250L * charges);
  }

  @Test
  void silence_is_never_taken_for_a_decline() {
    String id = charge("sandbox", "tok_silent").text("id");
    TestApi.Reply looked = payment(id);
    long deadline = System.nanoTime() + 15_000_000_000L;
    while (looked.json().path("checks").asInt() < 3) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L);
      looked = payment(id);
    }
    assertThat(looked.text("state")).isEqualTo("pending_confirmation");
    TestApi.Reply asked = api().as("operator").postInMain("/payments/" + id + "/checks", "{}");
    assertThat(asked.status()).as("%s", asked).isEqualTo(200);
    assertThat(asked.text("state")).isEqualTo("pending_confirmation");
    assertThat(asked.json().path("checks").asInt()).isGreaterThan(3);
    JsonNode events = integrator().getInMain("/payments/" + id + "/events").json().path("items");
    assertThat(events.findValuesAsString("type"))
        .startsWith("created", "submitted", "parked", "checked")
        .contains("check_asked");
  }

  @Test
  void a_refund_goes_back_to_the_card_and_out_of_the_books() {
    String id = charge("sandbox", "tok_ok").text("id");
    TestApi.Reply part = refund(id, refundOf(450));
    assertThat(part.status()).as("%s", part).isEqualTo(201);
    assertThat(part.text("state")).isEqualTo("succeeded");
    assertThat(payment(id).text("state")).isEqualTo("partially_refunded");
    assertThat(posted(merchant)).isEqualTo(800);
    assertThat(refund(id, refundOf(801)).problem()).isEqualTo("refund-exceeds-payment");
    assertThat(refund(id, "{\"reason\": \"the rest\"}").status()).isEqualTo(201);
    assertThat(payment(id).text("state")).isEqualTo("refunded");
    assertThat(payment(id).json().path("refunds").size()).isEqualTo(2);
    assertThat(payment(id).json().path("transactions").size()).isEqualTo(3);
    assertThat(posted(merchant)).isZero();
    assertThat(refund(id, "{\"reason\": \"again\"}").problem()).isEqualTo("refund-exceeds-payment");
    assertThat(integrator().getInMain("/refunds/" + part.text("id")).text("paymentId"))
        .isEqualTo(id);
  }

  @Test
  void a_webhook_without_a_good_signature_is_refused() {
    TestApi.Reply forged =
        api()
            .anonymous()
            .with("webhook-id", "evt_1")
            .with("webhook-timestamp", "1")
            .with("webhook-signature", "v1,forged")
            .postInMain("/providers/sandbox/webhooks", "{}");
    assertThat(forged.status()).isEqualTo(401);
    assertThat(forged.problem()).isEqualTo("bad-signature");
    assertThat(api().anonymous().postInMain("/providers/nobody/webhooks", "{}").status())
        .isEqualTo(404);
  }

  @Test
  void what_the_books_would_refuse_is_refused_before_the_card_is_charged() {
    assertThat(
            integrator()
                .postInMain(
                    "/payments", chargeOf("sandbox", "tok_ok").replace(merchant, "nobody:here"))
                .problem())
        .isEqualTo("account-not-found");
    assertThat(
            integrator()
                .postInMain("/payments", chargeOf("sandbox", "tok_ok").replace("EUR", "USD"))
                .problem())
        .isEqualTo("currency-mismatch");
    assertThat(
            integrator()
                .postInMain("/payments", chargeOf("sandbox", "tok_ok").replace("1250", "0"))
                .problem())
        .isEqualTo("invalid-money");
    assertThat(charge("stripe", "tok_ok").problem()).isEqualTo("provider-not-configured");
    assertThat(transactions("charge")).isZero();
  }

  @Test
  void payments_are_found_by_what_people_ask_for() {
    String ok = charge("sandbox", "tok_ok").text("id");
    String declined = charge("sandbox", "tok_declined").text("id");
    api().as("operator").postInMain("/payments/" + ok + "/assign", "{\"owner\": \"olga-9\"}");
    TestApi.Reply owned = integrator().getInMain("/payments?owner=olga-9&sort=age");
    assertThat(owned.text("items.0.id")).isEqualTo(ok);
    assertThat(owned.json().path("total").asInt()).isEqualTo(1);
    TestApi.Reply first = integrator().getInMain("/payments?state=declined&limit=1");
    assertThat(first.text("items.0.id")).isEqualTo(declined);
    TestApi.Reply all = integrator().getInMain("/payments?sort=amount&limit=1");
    assertThat(all.text("next")).isNotBlank();
    TestApi.Reply second =
        integrator().getInMain("/payments?sort=amount&limit=1&after=" + all.text("next"));
    assertThat(second.text("items.0.id")).isNotEqualTo(all.text("items.0.id"));
    assertThat(integrator().getInMain("/payments?olderThan=PT1H&owner=olga-9").json().path("items"))
        .isEmpty();
    assertThat(integrator().getInMain("/payments?sort=size").status()).isEqualTo(400);
    TestApi.Reply noted =
        api().as("operator").postInMain("/payments/" + ok + "/notes", "{\"text\": \"rang them\"}");
    assertThat(noted.status()).isEqualTo(200);
    assertThat(integrator().getInMain("/payments/" + ok + "/events").body())
        .contains("rang them", "to olga-9");
  }
}
