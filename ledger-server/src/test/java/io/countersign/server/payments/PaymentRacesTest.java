package io.countersign.server.payments;

import static io.countersign.server.payments.ScriptedProvider.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.server.payments.provider.ProviderEvent;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.testing.TestApi;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Those who may end a payment, at the same time, a hundred times over HTTP.
class PaymentRacesTest extends PaymentsServer {

  private static final int RACES = 100;
  private static final Money AMOUNT = Money.of(1250, "EUR");

  @Test
  void webhook_check_and_two_people_at_once_decide_once() throws Exception {
    int charged = 0;
    for (int race = 0; race < RACES; race++) {
      String outcome = race % 2 == 0 ? "declined" : "succeeded";
      provider.onCharge = order -> SILENCE;
      provider.onLookUp = key -> SILENCE;
      String id = charge("scripted", "any").text("id");
      String approval = propose(id, outcome);
      String hash = integrator().getInMain("/approvals/" + approval).text("contentHash");
      provider.onLookUp = key -> ScriptedProvider.charged();
      provider.event = about(id, ScriptedProvider.charged());
      List<Integer> statuses =
          atOnce(
              List.of(
                  this::webhook,
                  () ->
                      api().as("operator").postInMain("/payments/" + id + "/checks", "{}").status(),
                  () ->
                      api()
                          .as("approver")
                          .postInMain(
                              "/approvals/" + approval + "/approve",
                              "{\"contentHash\": \"" + hash + "\"}")
                          .status()));
      assertThat(statuses.get(0)).isEqualTo(204);
      assertThat(statuses.get(1)).isIn(200, 409);
      assertThat(statuses.get(2)).isIn(200, 409);
      String end = integrator().getInMain("/approvals/" + approval).text("state");
      assertThat(end).isEqualTo(statuses.get(2) == 200 ? "approved" : "superseded");
      boolean isDeclined = end.equals("approved") && outcome.equals("declined");
      assertThat(payment(id).text("state")).isEqualTo(isDeclined ? "declined" : "succeeded");
      // The webhook said so in any case: against a decision it is noted, and flips nothing.
      assertThat(events(id).contains("late_success")).isEqualTo(isDeclined);
      assertThat(payment(id).json().path("transactions").size()).isEqualTo(isDeclined ? 0 : 1);
      charged += isDeclined ? 0 : 1;
    }
    assertThat(posted(merchant)).isEqualTo(charged * AMOUNT.minorUnits());
    assertThat(transactions("charge")).isEqualTo(charged);
  }

  @Test
  void two_refunds_at_once_never_give_back_more_than_was_charged() throws Exception {
    for (int race = 0; race < RACES; race++) {
      String id = charge("scripted", "any").text("id");
      List<TestApi.Reply> replies =
          atOnce(List.of(() -> refund(id, refundOf(700)), () -> refund(id, refundOf(700))));
      assertThat(replies).extracting(TestApi.Reply::status).containsExactlyInAnyOrder(201, 422);
    }
    assertThat(posted(merchant)).isEqualTo(RACES * 550L);
    assertThat(available(merchant)).isEqualTo(RACES * 550L);
    assertThat(provider.refundsSent).hasSize(RACES);
  }

  @Test
  void a_refund_and_a_late_decline_at_once_flip_nothing_and_refund_once() throws Exception {
    for (int race = 0; race < RACES; race++) {
      String id = charge("scripted", "any").text("id");
      provider.event = about(id, new ProviderReply.Declined("reconsidered"));
      List<TestApi.Reply> replies =
          atOnce(
              List.of(
                  () -> refund(id, refundOf(700)),
                  () -> api().anonymous().postInMain("/providers/scripted/webhooks", "{}")));
      assertThat(replies).extracting(TestApi.Reply::status).containsExactly(201, 204);
      assertThat(payment(id).text("state")).isEqualTo("partially_refunded");
      assertThat(events(id)).containsOnlyOnce("\"late_decline\"");
    }
    assertThat(posted(merchant)).isEqualTo(RACES * 550L);
    assertThat(available(merchant)).isEqualTo(RACES * 550L);
    assertThat(provider.refundsSent).hasSize(RACES);
    assertThat(transactions("refund")).isEqualTo(RACES);
  }

  private String propose(String payment, String outcome) {
    TestApi.Reply proposed =
        api()
            .as("operator")
            .postInMain(
                "/payments/" + payment + "/resolutions",
                """
                {"outcome": "%s", "reason": "seen in the acquirer's portal",
                 "evidence": {"note": "screen of today"}}
                """
                    .formatted(outcome));
    assertThat(proposed.status()).as("%s", proposed).isEqualTo(202);
    return proposed.text("approvalId");
  }

  private String events(String payment) {
    return integrator().getInMain("/payments/" + payment + "/events").body();
  }

  private static ProviderEvent about(String payment, ProviderReply.ToChargeLookup reply) {
    return new ProviderEvent.AboutCharge(
        "evt-" + UUID.randomUUID(), ProviderKey.ofCharge(PaymentId.parse(payment)), AMOUNT, reply);
  }

  private int webhook() {
    return api().anonymous().postInMain("/providers/scripted/webhooks", "{}").status();
  }
}
