package io.countersign.server.payments;

import static io.countersign.server.payments.ScriptedProvider.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Money;
import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.database.Transactions;
import io.countersign.server.payments.provider.ProviderEvent;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.payments.provider.ProviderReply;
import io.countersign.server.testing.TestApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The whole flow on a real PostgreSQL, with a provider that does what the test says.
class PaymentFlowTest extends PaymentsServer {

  private static final Money AMOUNT = Money.of(1250, "EUR");

  @Autowired PaymentStore store;
  @Autowired Accounts accounts;
  @Autowired Transactions transactions;
  @Autowired JdbcClient jdbc;

  @Test
  void the_row_is_what_its_events_make_of_it() {
    String succeeded = charge("scripted", "any").text("id");
    refund(succeeded, refundOf(250));
    provider.onCharge = order -> new ProviderReply.Declined("stolen_card");
    String declined = charge("scripted", "any").text("id");
    provider.onCharge = order -> SILENCE;
    String parked = charge("scripted", "any").text("id");
    api().as("operator").postInMain("/payments/" + parked + "/assign", "{\"owner\": \"olga\"}");
    provider.onLookUp = key -> new ProviderReply.NotFound();
    String notCharged = charge("scripted", "any").text("id");
    awaitPayment(notCharged, "declined");
    for (String id : List.of(succeeded, declined, parked, notCharged)) {
      transactions.run(
          () -> {
            PaymentRow row = store.lock(1, PaymentId.parse(id)).orElseThrow();
            List<RecordedEvent> events = store.events(1, row.id());
            assertThat(RecordedEvent.rebuild(events)).isEqualTo(row.status());
            assertThat(events).hasSize((int) row.version());
          });
    }
  }

  @Test
  void a_charge_that_the_books_refuse_is_given_back_to_the_card() {
    provider.onCharge =
        order -> {
          setStatus(AccountStatus.OPEN, AccountStatus.FROZEN);
          return ScriptedProvider.charged();
        };
    TestApi.Reply made = charge("scripted", "any");
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    assertThat(made.text("state")).isEqualTo("reversed");
    assertThat(provider.refundsSent)
        .containsExactly(ProviderKey.ofReversal(PaymentId.parse(made.text("id"))));
    assertThat(transactions("charge")).isZero();
    assertThat(integrator().getInMain("/sagas/" + made.text("saga")).text("state"))
        .isEqualTo("undone");
  }

  @Test
  void a_reversal_without_an_answer_is_looked_up_until_it_is_confirmed() {
    provider.onCharge =
        order -> {
          setStatus(AccountStatus.OPEN, AccountStatus.FROZEN);
          return ScriptedProvider.charged();
        };
    provider.onRefund = order -> SILENCE;
    TestApi.Reply made = charge("scripted", "any");
    assertThat(made.status()).isEqualTo(202);
    assertThat(made.text("state")).isEqualTo("pending_confirmation");
    provider.onRefundLookUp = key -> ScriptedProvider.refunded();
    awaitPayment(made.text("id"), "reversed");
    assertThat(provider.refundsSent).hasSize(1);
  }

  @Test
  void a_reversal_that_the_provider_declines_waits_for_a_person() {
    provider.onCharge =
        order -> {
          setStatus(AccountStatus.OPEN, AccountStatus.FROZEN);
          return ScriptedProvider.charged();
        };
    provider.onRefund = order -> new ProviderReply.Declined("account_closed");
    TestApi.Reply made = charge("scripted", "any");
    assertThat(made.text("state")).isEqualTo("pending_confirmation");
    TestApi.Reply saga = integrator().getInMain("/sagas/" + made.text("saga"));
    assertThat(saga.text("state")).isEqualTo("stuck");
    assertThat(integrator().getInMain("/sagas?state=stuck").body()).contains(made.text("saga"));
    provider.onRefund = order -> ScriptedProvider.refunded();
    TestApi.Reply retried =
        api().as("operator").postInMain("/sagas/" + made.text("saga") + "/retry", "{}");
    assertThat(retried.status()).as("%s", retried).isEqualTo(202);
    awaitPayment(made.text("id"), "reversed");
  }

  @Test
  void not_found_is_a_decline_only_once_the_key_is_cancelled() {
    provider.onCharge = order -> SILENCE;
    provider.onLookUp = key -> new ProviderReply.NotFound();
    provider.onCancel = key -> ScriptedProvider.charged();
    String late = charge("scripted", "any").text("id");
    awaitPayment(late, "succeeded");
    assertThat(transactions("charge")).isEqualTo(1);
    provider.onCancel = key -> new ProviderReply.Cancelled();
    String never = charge("scripted", "any").text("id");
    assertThat(awaitPayment(never, "declined").text("declineCode")).isEqualTo("not_charged");
    assertThat(provider.sent).hasSize(2);
  }

  @Test
  void an_answer_that_contradicts_a_final_state_is_noted_and_flips_nothing() {
    provider.onCharge = order -> new ProviderReply.Declined("no");
    String id = charge("scripted", "any").text("id");
    assertThat(webhook(charged("evt-" + UUID.randomUUID(), id))).isEqualTo(204);
    assertThat(payment(id).text("state")).isEqualTo("declined");
    assertThat(integrator().getInMain("/payments/" + id + "/events").body())
        .contains("late_success");
    assertThat(transactions("charge")).isZero();
  }

  @Test
  void a_webhook_counts_once_and_only_for_the_amount_that_was_asked_for() {
    provider.onCharge = order -> SILENCE;
    String id = charge("scripted", "any").text("id");
    ProviderKey key = ProviderKey.ofCharge(PaymentId.parse(id));
    provider.event =
        new ProviderEvent.AboutCharge(
            "evt-" + UUID.randomUUID(), key, Money.of(1, "EUR"), ScriptedProvider.charged());
    assertThat(webhook(provider.event)).isEqualTo(204);
    assertThat(payment(id).text("state")).isEqualTo("pending_confirmation");
    ProviderEvent event = charged("evt-" + UUID.randomUUID(), id);
    assertThat(webhook(event)).isEqualTo(204);
    assertThat(webhook(event)).isEqualTo(204);
    assertThat(payment(id).text("state")).isEqualTo("succeeded");
    assertThat(transactions("charge")).isEqualTo(1);
  }

  @Test
  void what_a_provider_says_of_an_unknown_payment_is_kept_until_the_payment_appears() {
    PaymentId unknown = new PaymentId(UUID.randomUUID());
    assertThat(webhook(charged("evt-" + UUID.randomUUID(), unknown.toString()))).isEqualTo(204);
    assertThat(
            jdbc.sql("SELECT parked FROM payments.provider_event WHERE provider_key = ?")
                .param(ProviderKey.ofCharge(unknown).value())
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  // A provider's events come twice and in any order: here that of the refund before that of the
  // charge that it gives back.
  @Test
  void events_in_the_wrong_order_and_twice_end_as_those_in_the_right_one() {
    provider.onCharge = order -> SILENCE;
    String id = charge("scripted", "any").text("id");
    String wish = refund(id, "{\"reason\": \"no\", \"ifCharged\": true}").text("id");
    ProviderEvent refunded =
        new ProviderEvent.AboutRefund(
            "evt-" + UUID.randomUUID(),
            ProviderKey.ofRefund(RefundId.parse(wish)),
            AMOUNT,
            ScriptedProvider.refunded());
    ProviderEvent charged = charged("evt-" + UUID.randomUUID(), id);
    for (ProviderEvent event : List.of(refunded, refunded, charged, refunded, charged)) {
      assertThat(webhook(event)).isEqualTo(204);
    }
    awaitPayment(id, "refunded");
    assertThat(integrator().getInMain("/refunds/" + wish).text("state")).isEqualTo("succeeded");
    assertThat(transactions("charge")).isEqualTo(1);
    assertThat(transactions("refund")).isEqualTo(1);
    assertThat(posted(merchant)).isZero();
  }

  @Test
  void fifty_requests_with_one_key_make_one_payment_and_get_one_answer() throws Exception {
    provider.onCharge =
        order -> {
          java.util.concurrent.locks.LockSupport.parkNanos(300_000_000L);
          return ScriptedProvider.charged();
        };
    TestApi.Calls withKey = integrator().withKey("storm-" + UUID.randomUUID());
    String body = chargeOf("scripted", "any");
    List<Callable<TestApi.Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(() -> withKey.postInMain("/payments", body));
    }
    List<TestApi.Reply> replies = atOnce(calls);
    assertThat(replies).extracting(TestApi.Reply::status).containsOnly(201);
    assertThat(replies).extracting(TestApi.Reply::body).containsOnly(replies.getFirst().body());
    assertThat(replies)
        .filteredOn(reply -> reply.header("Idempotency-Replayed") == null)
        .hasSize(1);
    assertThat(provider.sent).hasSize(1);
    assertThat(transactions("charge")).isEqualTo(1);
  }

  @Test
  void a_call_is_answered_in_time_and_its_key_learns_what_took_longer() {
    provider.onCharge =
        order -> {
          LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
          return ScriptedProvider.charged();
        };
    TestApi.Calls keyed = integrator().withKey("long-" + UUID.randomUUID());
    long asked = System.nanoTime();
    TestApi.Reply late = keyed.postInMain("/payments", chargeOf("scripted", "any"));
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
    assertThat(late.status()).isEqualTo(503);
    assertThat(late.problem()).isEqualTo("outcome-unknown");
    assertThat(late.header("Retry-After")).isNotBlank();
    TestApi.Reply learned =
        await(() -> keyed.postInMain("/payments", chargeOf("scripted", "any")), "succeeded");
    assertThat(learned.status()).isEqualTo(201);
    assertThat(provider.sent).hasSize(1);
    assertThat(transactions("charge")).isEqualTo(1);
  }

  @Test
  void a_refund_without_funds_is_refused_and_nobody_is_asked() {
    String id = charge("scripted", "any").text("id");
    spend(1000);
    TestApi.Reply refused = refund(id, refundOf(251));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("insufficient-funds");
    assertThat(provider.refundsSent).isEmpty();
    assertThat(payment(id).json().path("refunds")).isEmpty();
    assertThat(refund(id, refundOf(250)).status()).isEqualTo(201);
  }

  @Test
  void a_declined_refund_lets_the_funds_go() {
    String id = charge("scripted", "any").text("id");
    provider.onRefund = order -> new ProviderReply.Declined("card_expired");
    TestApi.Reply declined = refund(id, refundOf(1250));
    assertThat(declined.status()).isEqualTo(201);
    assertThat(declined.text("state")).isEqualTo("declined");
    assertThat(available(merchant)).isEqualTo(1250);
    assertThat(payment(id).text("state")).isEqualTo("succeeded");
    assertThat(transactions("release")).isEqualTo(1);
  }

  @Test
  void a_silent_refund_keeps_the_funds_held_and_is_completed_though_the_account_is_frozen() {
    String id = charge("scripted", "any").text("id");
    provider.onRefund = order -> SILENCE;
    TestApi.Reply silent = refund(id, refundOf(1250));
    assertThat(silent.status()).isEqualTo(202);
    assertThat(silent.text("state")).isEqualTo("pending_confirmation");
    assertThat(available(merchant)).isZero();
    assertThat(posted(merchant)).isEqualTo(1250);
    setStatus(AccountStatus.OPEN, AccountStatus.FROZEN);
    provider.onRefundLookUp = key -> ScriptedProvider.refunded();
    await(() -> integrator().getInMain("/refunds/" + silent.text("id")), "succeeded");
    assertThat(posted(merchant)).isZero();
    assertThat(payment(id).text("state")).isEqualTo("refunded");
    assertThat(provider.refundsSent).hasSize(1);
  }

  @Test
  void a_refund_of_an_unknown_charge_is_a_wish_that_comes_true_with_the_charge() {
    provider.onCharge = order -> SILENCE;
    String id = charge("scripted", "any").text("id");
    assertThat(refund(id, refundOf(1250)).problem()).isEqualTo("payment-unconfirmed");
    TestApi.Reply wish = refund(id, "{\"reason\": \"cancelled order\", \"ifCharged\": true}");
    assertThat(wish.status()).as("%s", wish).isEqualTo(202);
    assertThat(payment(id).text("ifChargedRefund")).isEqualTo(wish.text("id"));
    assertThat(provider.refundsSent).isEmpty();
    provider.onLookUp = key -> ScriptedProvider.charged();
    awaitPayment(id, "refunded");
    assertThat(posted(merchant)).isZero();
    assertThat(integrator().getInMain("/refunds/" + wish.text("id")).text("state"))
        .isEqualTo("succeeded");
  }

  @Test
  void a_wish_ends_with_a_charge_that_was_none() {
    provider.onCharge = order -> SILENCE;
    String id = charge("scripted", "any").text("id");
    String wish = refund(id, "{\"reason\": \"no\", \"ifCharged\": true}").text("id");
    provider.onLookUp = key -> new ProviderReply.Declined("no_funds");
    awaitPayment(id, "declined");
    assertThat(integrator().getInMain("/refunds/" + wish).text("state")).isEqualTo("declined");
    assertThat(provider.refundsSent).isEmpty();
    assertThat(refund(id, refundOf(1)).problem()).isEqualTo("wrong-state");
  }

  @Test
  void every_state_is_told_outside_once_and_in_its_order() {
    String id = charge("scripted", "any").text("id");
    String refund = refund(id, refundOf(1250)).text("id");
    assertThat(told(id))
        .containsExactly(
            "payment.created created",
            "payment.submitted submitted",
            "payment.succeeded succeeded",
            "payment.refunded refunded");
    assertThat(told(refund))
        .containsExactly("refund.submitted submitted", "refund.succeeded succeeded");
    provider.onCharge = order -> SILENCE;
    provider.onLookUp = key -> new ProviderReply.Declined("no_funds");
    String declined = charge("scripted", "any").text("id");
    awaitPayment(declined, "declined");
    assertThat(told(declined))
        .containsExactly(
            "payment.created created",
            "payment.submitted submitted",
            "payment.pending_confirmation pending_confirmation",
            "payment.declined declined");
  }

  private List<String> told(String subject) {
    return jdbc.sql(
            """
            SELECT type || ' ' || (data->>'state') FROM outbox.event
            WHERE subject = ? ORDER BY number
            """)
        .param(subject)
        .query(String.class)
        .list();
  }

  private void setStatus(AccountStatus from, AccountStatus to) {
    transactions.run(
        () -> assertThat(accounts.setStatus(1, accounts.get(1, merchant).id(), from, to)).isTrue());
  }

  private void spend(long minorUnits) {
    open("spent:" + merchant, "LIABILITY", null);
    TestApi.Reply spent =
        integrator()
            .postInMain(
                "/transfers",
                """
                {"from": "%s", "to": "spent:%s", "description": "spent",
                 "amount": {"minorUnits": %d, "currency": "EUR"}}
                """
                    .formatted(merchant, merchant, minorUnits));
    assertThat(spent.status()).as("%s", spent).isEqualTo(201);
  }

  private static ProviderEvent charged(String event, String payment) {
    return new ProviderEvent.AboutCharge(
        event, ProviderKey.ofCharge(PaymentId.parse(payment)), AMOUNT, ScriptedProvider.charged());
  }

  private int webhook(ProviderEvent event) {
    provider.event = event;
    return api().anonymous().postInMain("/providers/scripted/webhooks", "{}").status();
  }
}
