package io.countersign.server.payments;

import static io.countersign.server.payments.ScriptedProvider.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.server.payments.provider.ProviderEvent;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.testing.TestApi;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What two people may decide about payments, over HTTP.
class ResolutionTest extends PaymentsServer {

  private static final int RACES = 30;

  @Test
  void what_two_people_agree_on_is_posted_with_both_names() {
    String id = silent();
    String approval = propose(id, "succeeded");
    TestApi.Reply own = approve("operator", approval);
    assertThat(own.status()).isEqualTo(403);
    TestApi.Reply approved = approve("approver", approval);
    assertThat(approved.status()).as("%s", approved).isEqualTo(200);
    assertThat(approved.text("result.id")).isEqualTo(id);
    TestApi.Reply payment = payment(id);
    assertThat(payment.text("state")).isEqualTo("succeeded");
    assertThat(payment.text("providerReference")).isEqualTo("ch_seen");
    TestApi.Reply transaction =
        integrator().getInMain("/transactions/" + payment.text("transactions.0"));
    assertThat(transaction.text("proposedBy")).isEqualTo("operator");
    assertThat(transaction.text("decidedBy")).isEqualTo("approver");
    assertThat(posted(merchant)).isEqualTo(1250);
    assertThat(integrator().getInMain("/sagas/" + payment.text("saga")).text("state"))
        .isEqualTo("done");
  }

  @Test
  void a_payment_resolved_as_declined_stays_so_whatever_the_provider_says_later() {
    String id = silent();
    approve("approver", propose(id, "declined"));
    assertThat(payment(id).text("state")).isEqualTo("declined");
    assertThat(webhook(id)).isEqualTo(204);
    assertThat(payment(id).text("state")).isEqualTo("declined");
    assertThat(integrator().getInMain("/payments/" + id + "/events").body())
        .contains("late_success");
    assertThat(transactions("charge")).isZero();
  }

  @Test
  void a_proposal_is_superseded_when_the_provider_answers_first() {
    String id = silent();
    String approval = propose(id, "declined");
    assertThat(webhook(id)).isEqualTo(204);
    assertThat(payment(id).text("state")).isEqualTo("succeeded");
    assertThat(integrator().getInMain("/approvals/" + approval).text("state"))
        .isEqualTo("superseded");
    assertThat(approve("approver", approval).problem()).isEqualTo("wrong-state");
    assertThat(resolution(id, "declined").problem()).isEqualTo("wrong-state");
  }

  @Test
  void of_an_approval_and_an_answer_at_once_one_decides_and_the_charge_is_posted_once()
      throws Exception {
    for (int race = 0; race < RACES; race++) {
      String id = silent();
      String approval = propose(id, "succeeded");
      String hash = integrator().getInMain("/approvals/" + approval).text("contentHash");
      ProviderEvent event = charged(id);
      CyclicBarrier start = new CyclicBarrier(2);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<Integer> decided =
            threads.submit(
                () -> {
                  start.await();
                  return approve("approver", approval, hash).status();
                });
        Future<Integer> told =
            threads.submit(
                () -> {
                  start.await();
                  return webhook(event);
                });
        assertThat(told.get()).isEqualTo(204);
        assertThat(decided.get()).isIn(200, 409);
      }
      assertThat(payment(id).text("state")).isEqualTo("succeeded");
      assertThat(integrator().getInMain("/approvals/" + approval).text("state"))
          .isIn("approved", "superseded");
    }
    assertThat(posted(merchant)).isEqualTo(RACES * 1250L);
    assertThat(transactions("charge")).isEqualTo(RACES);
  }

  @Test
  void a_refund_above_an_operators_limit_waits_for_somebody_else() {
    String operator = operatorWithLimit(500);
    String id = charge("scripted", "any").text("id");
    TestApi.Reply within = refundAs(operator, id, 500);
    assertThat(within.status()).as("%s", within).isEqualTo(201);
    TestApi.Reply above = refundAs(operator, id, 501);
    assertThat(above.status()).as("%s", above).isEqualTo(202);
    assertThat(above.text("state")).isEqualTo("pending_approval");
    assertThat(refund(id, refundOf(250)).problem()).isEqualTo("refund-exceeds-payment");
    assertThat(provider.refundsSent).hasSize(1);
    TestApi.Reply approved = approve("approver", above.text("approvalId"));
    assertThat(approved.status()).as("%s", approved).isEqualTo(200);
    await(() -> integrator().getInMain("/refunds/" + above.text("id")), "succeeded");
    assertThat(posted(merchant)).isEqualTo(249);
  }

  @Test
  void a_rejected_refund_is_declined_and_its_part_is_free_again() {
    String operator = operatorWithLimit(0);
    String id = charge("scripted", "any").text("id");
    TestApi.Reply asked = refundAs(operator, id, 1250);
    TestApi.Reply rejected =
        api()
            .as("approver")
            .postInMain(
                "/approvals/" + asked.text("approvalId") + "/reject", "{\"reason\": \"no\"}");
    assertThat(rejected.status()).as("%s", rejected).isEqualTo(200);
    assertThat(integrator().getInMain("/refunds/" + asked.text("id")).text("state"))
        .isEqualTo("declined");
    assertThat(provider.refundsSent).isEmpty();
    assertThat(refund(id, refundOf(1250)).status()).isEqualTo(201);
  }

  private String silent() {
    provider.onCharge = order -> SILENCE;
    return charge("scripted", "any").text("id");
  }

  private TestApi.Reply resolution(String payment, String outcome) {
    return api()
        .as("operator")
        .postInMain(
            "/payments/" + payment + "/resolutions",
            """
            {"outcome": "%s", "reason": "seen in the acquirer's portal",
             "evidence": {"providerReference": "ch_seen", "note": "screen of today"}}
            """
                .formatted(outcome));
  }

  private String propose(String payment, String outcome) {
    TestApi.Reply proposed = resolution(payment, outcome);
    assertThat(proposed.status()).as("%s", proposed).isEqualTo(202);
    return proposed.text("approvalId");
  }

  private TestApi.Reply approve(String by, String approval) {
    String hash = integrator().getInMain("/approvals/" + approval).text("contentHash");
    return approve(by, approval, hash);
  }

  private TestApi.Reply approve(String by, String approval, String hash) {
    return api()
        .as(by)
        .postInMain("/approvals/" + approval + "/approve", "{\"contentHash\": \"" + hash + "\"}");
  }

  private TestApi.Reply refundAs(String operator, String payment, long minorUnits) {
    return api().as(operator).postInMain("/payments/" + payment + "/refunds", refundOf(minorUnits));
  }

  private String operatorWithLimit(long minorUnits) {
    String name = "operator-" + UUID.randomUUID();
    TestApi.Reply made =
        api()
            .as("admin")
            .post(
                "/v1/users",
                """
                {"username": "%s", "displayName": "An operator", "password": "password-in-tests",
                 "grants": [{"ledger": "main", "roles": ["OPERATOR"]}],
                 "limits": [{"currency": "EUR", "refundMinorUnits": %d, "approveMinorUnits": 0}]}
                """
                    .formatted(name, minorUnits));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return name;
  }

  private static ProviderEvent charged(String payment) {
    return new ProviderEvent.AboutCharge(
        "evt-" + UUID.randomUUID(),
        ProviderKey.ofCharge(PaymentId.parse(payment)),
        Money.of(1250, "EUR"),
        ScriptedProvider.charged());
  }

  private int webhook(String payment) {
    return webhook(charged(payment));
  }

  private int webhook(ProviderEvent event) {
    provider.event = event;
    return api().anonymous().postInMain("/providers/scripted/webhooks", "{}").status();
  }
}
