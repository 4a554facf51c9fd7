package io.countersign.server.payments;

import static io.countersign.server.payments.ScriptedProvider.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.server.payments.provider.ProviderEvent;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.testing.TestApi;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A charge that proves real after its payment was declined: the server proposes to give the money
/// back, and people decide.
class LateChargeTest extends PaymentsServer {

  private static final int RACES = 30;
  private static final Money AMOUNT = Money.of(1250, "EUR");

  @Test
  void the_refund_is_proposed_and_its_approval_gives_the_money_back() {
    String id = late();
    JsonNode refund = refund(id);
    assertThat(refund.path("state").asString()).isEqualTo("pending_approval");
    TestApi.Reply approval = approval(refund);
    assertThat(approval.text("kind")).isEqualTo("refund");
    assertThat(approval.text("state")).isEqualTo("pending");
    assertThat(approval.text("proposedBy")).isEqualTo("system");
    assertThat(approval.json().path("impact")).as("nothing of ours changes").isEmpty();
    assertThat(exception(id).path("category").asString()).isEqualTo("late_success");

    TestApi.Reply approved = approve(approval);
    assertThat(approved.status()).as("%s", approved).isEqualTo(200);
    awaitRefund(refund, "succeeded");
    assertThat(provider.refundsSent)
        .containsExactly(ProviderKey.ofRefund(RefundId.parse(refund.path("id").asString())));
    assertThat(payment(id).text("state")).isEqualTo("declined");
    assertThat(payment(id).json().path("transactions")).isEmpty();
    assertThat(posted(merchant)).isZero();
    assertThat(exception(id).path("state").asString()).isEqualTo("resolved");
    assertThat(exception(id).path("resolution").path("type").asString()).isEqualTo("refund");
  }

  @Test
  void a_silent_refund_is_looked_up_until_it_is_known() {
    String id = late();
    provider.onRefund = order -> SILENCE;
    approve(approval(refund(id)));
    awaitRefund(refund(id), "pending_confirmation");
    assertThat(exception(id).path("state").asString()).isEqualTo("open");
    provider.onRefundLookUp = key -> ScriptedProvider.refunded();
    awaitRefund(refund(id), "succeeded");
    assertThat(provider.refundsSent).hasSize(1);
  }

  @Test
  void a_refund_that_the_provider_declines_leaves_the_exception_to_people() {
    String id = late();
    provider.onRefund = order -> new ProviderReply.Declined("account_closed");
    approve(approval(refund(id)));
    awaitRefund(refund(id), "declined");
    assertThat(exception(id).path("state").asString()).isEqualTo("open");
    assertThat(posted(merchant)).isZero();
    assertThat(available(merchant)).isZero();
  }

  @Test
  void what_was_rejected_is_not_proposed_again_by_the_server() {
    String id = late();
    reject(refund(id));
    assertThat(refund(id).path("state").asString()).isEqualTo("declined");
    assertThat(say(charged(id))).isEqualTo(204);
    assertThat(payment(id).json().path("refunds")).hasSize(1);
    assertThat(provider.refundsSent).isEmpty();
    assertThat(exception(id).path("state").asString()).isEqualTo("open");
  }

  @Test
  void what_was_rejected_is_proposed_again_by_people_and_decided_by_others() {
    String id = late();
    TestApi.Reply early = refund(id, whole("asked for"));
    assertThat(early.problem()).as("%s", early).isEqualTo("refund-exceeds-payment");
    reject(refund(id));

    TestApi.Reply part = refund(id, refundOf(250));
    assertThat(part.status()).isEqualTo(422);
    assertThat(part.problem()).isEqualTo("invalid-money");
    TestApi.Reply again =
        api().as("operator").postInMain("/payments/" + id + "/refunds", whole("they wrote"));
    assertThat(again.status()).as("%s", again).isEqualTo(202);
    assertThat(again.text("state")).isEqualTo("pending_approval");
    assertThat(say(charged(id))).isEqualTo(204);
    assertThat(payment(id).json().path("refunds")).hasSize(2);
    assertThat(provider.refundsSent).isEmpty();

    TestApi.Reply approval = approval(again.json());
    assertThat(approval.text("proposedBy")).isEqualTo("operator");
    assertThat(approve(approval).status()).isEqualTo(200);
    awaitRefund(again.json(), "succeeded");
    assertThat(provider.refundsSent)
        .containsExactly(ProviderKey.ofRefund(RefundId.parse(again.text("id"))));
    assertThat(posted(merchant)).isZero();
    assertThat(exception(id).path("state").asString()).isEqualTo("resolved");
    assertThat(refund(id, whole("once more")).problem()).isEqualTo("refund-exceeds-payment");
  }

  @Test
  void a_payment_that_was_declined_for_good_is_not_refunded() {
    TestApi.Reply refused = refund(declined(), whole("why not"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("wrong-state");
    assertThat(refused.text("state")).isEqualTo("declined");
  }

  @Test
  void said_twice_at_once_it_is_proposed_once_and_decided_once() throws Exception {
    int given = 0;
    for (int race = 0; race < RACES; race++) {
      String id = declined();
      provider.onEvent = delivery -> charged(id);
      assertThat(atOnce(List.of(this::say, this::say))).containsOnly(204);
      assertThat(payment(id).json().path("refunds")).hasSize(1);
      TestApi.Reply approval = approval(refund(id));
      String path = "/approvals/" + approval.text("id");
      List<Integer> decided =
          atOnce(
              List.of(
                  () -> approve(approval).status(),
                  () ->
                      api()
                          .as("approver")
                          .postInMain(path + "/reject", "{\"reason\": \"no\"}")
                          .status(),
                  this::say));
      assertThat(decided.subList(0, 2)).as("one of two").containsExactlyInAnyOrder(200, 409);
      boolean approved = decided.getFirst() == 200;
      awaitRefund(refund(id), approved ? "succeeded" : "declined");
      given += approved ? 1 : 0;
      assertThat(payment(id).json().path("refunds")).hasSize(1);
    }
    assertThat(provider.refundsSent).hasSize(given).doesNotHaveDuplicates();
    assertThat(posted(merchant)).isZero();
    assertThat(available(merchant)).isZero();
  }

  @Test
  void a_late_decline_of_a_refund_flips_nothing_and_is_an_exception() {
    String id = charge("scripted", "any").text("id");
    String refund = refund(id, refundOf(250)).text("id");
    assertThat(say(refunded(refund, new ProviderReply.Declined("lost_card")))).isEqualTo(204);
    assertThat(integrator().getInMain("/refunds/" + refund).text("state")).isEqualTo("succeeded");
    assertThat(posted(merchant)).isEqualTo(1000);
    assertThat(exception(id).path("category").asString()).isEqualTo("late_decline");
  }

  @Test
  void a_late_success_of_a_refund_flips_nothing_and_is_an_exception() {
    String id = charge("scripted", "any").text("id");
    provider.onRefund = order -> new ProviderReply.Declined("no");
    String refund = refund(id, refundOf(250)).text("id");
    assertThat(say(refunded(refund, ScriptedProvider.refunded()))).isEqualTo(204);
    assertThat(integrator().getInMain("/refunds/" + refund).text("state")).isEqualTo("declined");
    assertThat(posted(merchant)).isEqualTo(1250);
    assertThat(available(merchant)).isEqualTo(1250);
    assertThat(exception(id).path("category").asString()).isEqualTo("late_success");
  }

  private String declined() {
    provider.onCharge = order -> new ProviderReply.Declined("no");
    return charge("scripted", "any").text("id");
  }

  private String late() {
    String id = declined();
    assertThat(say(charged(id))).isEqualTo(204);
    return id;
  }

  private static ProviderEvent charged(String id) {
    return new ProviderEvent.AboutCharge(
        "evt-" + UUID.randomUUID(),
        ProviderKey.ofCharge(PaymentId.parse(id)),
        AMOUNT,
        ScriptedProvider.charged());
  }

  private static ProviderEvent refunded(String refund, ProviderReply.ToRefundLookup outcome) {
    return new ProviderEvent.AboutRefund(
        "evt-" + UUID.randomUUID(),
        ProviderKey.ofRefund(RefundId.parse(refund)),
        Money.of(250, "EUR"),
        outcome);
  }

  private int say(ProviderEvent event) {
    provider.onEvent = delivery -> event;
    return say();
  }

  private int say() {
    return api().anonymous().postInMain("/providers/scripted/webhooks", "{}").status();
  }

  private void reject(JsonNode refund) {
    String path = "/approvals/" + refund.path("approvalId").asString();
    TestApi.Reply rejected =
        api().as("approver").postInMain(path + "/reject", "{\"reason\": \"we ask them first\"}");
    assertThat(rejected.status()).as("%s", rejected).isEqualTo(200);
  }

  private static String whole(String reason) {
    return "{\"reason\": \"" + reason + "\"}";
  }

  private JsonNode refund(String payment) {
    String refund = payment(payment).json().path("refunds").path(0).asString();
    return integrator().getInMain("/refunds/" + refund).json();
  }

  private void awaitRefund(JsonNode refund, String state) {
    await(() -> integrator().getInMain("/refunds/" + refund.path("id").asString()), state);
  }

  private TestApi.Reply approval(JsonNode refund) {
    return integrator().getInMain("/approvals/" + refund.path("approvalId").asString());
  }

  private TestApi.Reply approve(TestApi.Reply approval) {
    return api()
        .as("approver")
        .postInMain(
            "/approvals/" + approval.text("id") + "/approve",
            "{\"contentHash\": \"" + approval.text("contentHash") + "\"}");
  }

  private JsonNode exception(String payment) {
    JsonNode items = integrator().getInMain("/exceptions?text=" + payment).json().path("items");
    assertThat(items).hasSize(1);
    return integrator().getInMain("/exceptions/" + items.path(0).path("id").asString()).json();
  }
}
