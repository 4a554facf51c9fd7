package io.countersign.server.payments.provider;

import static io.countersign.server.payments.provider.StripeStandIn.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.server.payments.provider.ProviderReply.Cancelled;
import io.countersign.server.payments.provider.ProviderReply.Charged;
import io.countersign.server.payments.provider.ProviderReply.Declined;
import io.countersign.server.payments.provider.ProviderReply.NoAnswer;
import io.countersign.server.payments.provider.ProviderReply.NotFound;
import io.countersign.server.payments.provider.ProviderReply.Prepared;
import io.countersign.server.payments.provider.ProviderReply.Refunded;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every answer of Stripe's, for every question we ask it. Against a stand-in, never Stripe itself.
class StripeGatewayTest {

  private static final Money AMOUNT = Money.of(1250, "EUR");
  private static final Duration DEADLINE = Duration.ofMillis(1500);

  /// The answers that say nothing of what happened.
  enum Silence {
    TIMEOUT(exchange -> {}),
    RESET(exchange -> exchange.close()),
    HALF_A_BODY(
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.getResponseHeaders().add("Request-Id", "req_half");
          exchange.sendResponseHeaders(200, 4000);
          exchange.getResponseBody().write("{\"id\": \"pi_".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        }),
    GARBAGE(exchange -> StripeStandIn.send(exchange, 200, "} garbage {")),
    NOTHING_IN_IT(exchange -> StripeStandIn.send(exchange, 200, "{}")),
    NULL(exchange -> StripeStandIn.send(exchange, 200, "null")),
    A_LIST(exchange -> StripeStandIn.send(exchange, 400, "[1, 2]")),
    WRONG_TYPES(
        exchange ->
            StripeStandIn.send(
                exchange, 200, "{\"object\": \"payment_intent\", \"amount\": {}, \"data\": 7}")),
    BARE_OBJECT(exchange -> StripeStandIn.send(exchange, 200, "{\"object\": \"payment_intent\"}")),
    ERROR_WITHOUT_TYPE(exchange -> StripeStandIn.send(exchange, 402, "{\"error\": {}}")),
    ERROR_THAT_IS_A_WORD(exchange -> StripeStandIn.send(exchange, 402, "{\"error\": \"no\"}")),
    SOMEBODY_IN_BETWEEN(
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        }),
    REDIRECT(
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:9/");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        }),
    UNAUTHORIZED(error(401, "invalid_request_error", null)),
    FORBIDDEN(error(403, "invalid_request_error", null)),
    KEY_OF_SOMETHING_ELSE(error(400, "idempotency_error", null)),
    KEY_IN_USE(error(409, "idempotency_error", "idempotency_key_in_use")),
    TOO_MANY(error(429, "invalid_request_error", "rate_limit")),
    INTERNAL(error(500, "api_error", null)),
    UNAVAILABLE(error(503, "api_error", null)),
    TEAPOT(error(418, "api_error", null));

    @SuppressWarnings("ImmutableEnumChecker") // the answers keep no state
    final StripeStandIn.Answer answer;

    Silence(StripeStandIn.Answer answer) {
      this.answer = answer;
    }
  }

  private final PaymentId payment = new PaymentId(UUID.randomUUID());
  private final ProviderKey key = ProviderKey.ofCharge(payment);
  private final StripeStandIn stripe = StripeStandIn.start();
  private final StripeApi api = new StripeApi(stripe.base(), "sk_test_right");
  private final StripeGateway gateway = gateway(api);

  @AfterEach
  void stop() {
    api.close();
    stripe.close();
  }

  private StripeGateway gateway(StripeApi through) {
    StripeProperties properties =
        new StripeProperties(
            null,
            stripe.base(),
            List.of(),
            DEADLINE,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(23));
    return new StripeGateway(through, properties, new StripeEvents(List.of(), Clock.systemUTC()));
  }

  private ChargeOrder order(String method, @Nullable ProviderReference prepared) {
    return new ChargeOrder("main", key, AMOUNT, method, "order 7", "Shoes", prepared);
  }

  private ProviderReference prepared(String method) {
    ProviderReply.ToPreparation reply = gateway.prepare(order(method, null)).orElseThrow();
    assertThat(reply).isInstanceOf(Prepared.class);
    return ((Prepared) reply).reference();
  }

  private ProviderReply.ToCharge charge(String method) {
    return gateway.charge(order(method, prepared(method)));
  }

  private static RefundOrder refundOf(
      ProviderKey charge, @Nullable ProviderReference charged, ProviderKey refund, long amount) {
    return new RefundOrder("main", refund, charge, charged, Money.of(amount, "EUR"), "returned");
  }

  private static ProviderKey refundKey() {
    return ProviderKey.ofRefund(new RefundId(UUID.randomUUID()));
  }

  private void always(String path, boolean effective, StripeStandIn.Answer answer) {
    for (int i = 0; i < 60; i++) {
      stripe.fail(path, effective, answer);
    }
  }

  @Test
  void a_charge_is_made_unconfirmed_under_our_key_and_confirmed_once() {
    ProviderReference intent = prepared("pm_card_visa");
    assertThat(stripe.onlyIntent()).containsEntry("status", "requires_confirmation");
    ProviderReply.ToCharge reply = gateway.charge(order("pm_card_visa", intent));
    assertThat(reply)
        .isInstanceOfSatisfying(
            Charged.class, charged -> assertThat(charged.reference()).isEqualTo(intent));
    assertThat(stripe.moved(key.value())).isEqualTo(1250);
    assertThat(stripe.seen).hasSize(2);
    assertThat(stripe.seen.getFirst().key()).isEqualTo(key.value());
    assertThat(stripe.seen.getFirst().parameters())
        .containsEntry("metadata[countersign_key]", key.value())
        .containsEntry("metadata[reference]", "order 7")
        .containsEntry("description", "Shoes")
        .containsEntry("amount", "1250")
        .containsEntry("currency", "eur")
        .doesNotContainKey("confirm");
    assertThat(stripe.seen.getLast().key()).isEqualTo(key + "-confirm");
    assertThat(gateway.charge(order("pm_card_visa", intent))).isEqualTo(reply);
    assertThat(gateway.lookUpCharge(order("pm_card_visa", intent))).isEqualTo(reply);
    assertThat(gateway.cancelCharge(order("pm_card_visa", intent))).isEqualTo(reply);
    assertThat(stripe.moved(key.value())).isEqualTo(1250);
  }

  @Test
  void a_decline_is_one_with_the_issuers_reason() {
    ProviderReference intent = prepared(StripeStandIn.DECLINED);
    ChargeOrder order = order(StripeStandIn.DECLINED, intent);
    assertThat(gateway.charge(order)).isEqualTo(new Declined("generic_decline"));
    assertThat(gateway.lookUpCharge(order)).isEqualTo(new Declined("generic_decline"));
    assertThat(gateway.cancelCharge(order)).isEqualTo(new Declined("generic_decline"));
    assertThat(stripe.moved(key.value())).isZero();
  }

  @Test
  void a_card_that_wants_its_holder_is_declined() {
    assertThat(charge(StripeStandIn.ACTION)).isEqualTo(new Declined("authentication_required"));
  }

  @Test
  void what_waits_for_its_holder_all_the_same_is_cancelled_and_declined() {
    assertThat(charge(StripeStandIn.ACTION_ALL_THE_SAME))
        .isEqualTo(new Declined("requires_action"));
    assertThat(stripe.onlyIntent()).containsEntry("status", "canceled");
  }

  @Test
  void what_waits_for_its_holder_and_cannot_be_cancelled_is_unknown_until_it_is() {
    ProviderReference intent = prepared(StripeStandIn.ACTION_ALL_THE_SAME);
    ChargeOrder order = order(StripeStandIn.ACTION_ALL_THE_SAME, intent);
    stripe.fail("/cancel", false, error(400, "invalid_request_error", "no"));
    assertThat(gateway.charge(order)).isInstanceOf(NoAnswer.class);
    assertThat(gateway.lookUpCharge(order)).isInstanceOf(NotFound.class);
    assertThat(gateway.cancelCharge(order)).isEqualTo(new Declined("requires_action"));
    assertThat(gateway.lookUpCharge(order)).isInstanceOf(Declined.class);
  }

  @Test
  void what_stripe_processes_is_unknown() {
    ProviderReference intent = prepared(StripeStandIn.PROCESSING);
    ChargeOrder order = order(StripeStandIn.PROCESSING, intent);
    assertThat(gateway.charge(order)).isInstanceOf(NoAnswer.class);
    assertThat(gateway.lookUpCharge(order)).isInstanceOf(NoAnswer.class);
    assertThat(gateway.cancelCharge(order)).isInstanceOf(NoAnswer.class);
    StripeStandIn.chargeLate(stripe.onlyIntent());
    assertThat(gateway.lookUpCharge(order)).isInstanceOf(Charged.class);
  }

  @Test
  void a_request_that_stripe_refuses_to_make_a_charge_of_is_a_decline() {
    assertThat(gateway.prepare(order(StripeStandIn.UNKNOWN, null)))
        .contains(new Declined("resource_missing"));
    assertThat(stripe.intents()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Silence.class)
  void making_a_charge_without_an_answer_says_nothing_and_charges_nobody(Silence silence) {
    always("/payment_intents", true, silence.answer);
    assertThat(gateway.prepare(order("pm_card_visa", null)).orElseThrow())
        .isInstanceOf(NoAnswer.class);
    assertThat(stripe.moved(key.value())).isZero();
    assertThat(stripe.intents(key.value())).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Silence.class)
  void confirming_without_an_answer_says_nothing_whether_it_charged_or_not(Silence silence) {
    ProviderReference intent = prepared("pm_card_visa");
    ChargeOrder order = order("pm_card_visa", intent);
    always("/confirm", true, silence.answer);
    assertThat(gateway.charge(order)).isInstanceOf(NoAnswer.class);
    assertThat(gateway.lookUpCharge(order)).isInstanceOf(Charged.class);
    assertThat(stripe.moved(key.value())).isEqualTo(1250);
  }

  @ParameterizedTest
  @EnumSource(Silence.class)
  void confirming_that_never_arrived_says_nothing_and_can_be_cancelled(Silence silence) {
    ProviderReference intent = prepared("pm_card_visa");
    ChargeOrder order = order("pm_card_visa", intent);
    always("/confirm", false, silence.answer);
    assertThat(gateway.charge(order)).isInstanceOf(NoAnswer.class);
    assertThat(gateway.lookUpCharge(order)).isInstanceOf(NotFound.class);
    assertThat(gateway.cancelCharge(order)).isInstanceOf(Cancelled.class);
    assertThat(stripe.moved(key.value())).isZero();
  }

  @ParameterizedTest
  @EnumSource(Silence.class)
  void a_lookup_without_an_answer_says_nothing(Silence silence) {
    ProviderReference intent = prepared("pm_card_visa");
    gateway.charge(order("pm_card_visa", intent));
    always("/" + intent, false, silence.answer);
    assertThat(gateway.lookUpCharge(order("pm_card_visa", intent))).isInstanceOf(NoAnswer.class);
  }

  @ParameterizedTest
  @EnumSource(Silence.class)
  void a_cancellation_without_an_answer_says_nothing(Silence silence) {
    ChargeOrder order = order("pm_card_visa", prepared("pm_card_visa"));
    always("/cancel", true, silence.answer);
    assertThat(gateway.cancelCharge(order)).isInstanceOf(NoAnswer.class);
    assertThat(gateway.lookUpCharge(order)).isEqualTo(new Declined(Declined.CANCELLED));
  }

  @ParameterizedTest
  @EnumSource(Silence.class)
  void a_refund_without_an_answer_says_nothing_whether_it_moved_or_not(Silence silence) {
    ProviderReference intent = prepared("pm_card_visa");
    gateway.charge(order("pm_card_visa", intent));
    RefundOrder moved = refundOf(key, intent, refundKey(), 250);
    always("/refunds", true, silence.answer);
    assertThat(gateway.refund(moved)).isInstanceOf(NoAnswer.class);
    assertThat(gateway.lookUpRefund(moved)).isInstanceOf(NoAnswer.class);
    stripe.forget();
    assertThat(gateway.lookUpRefund(moved)).isInstanceOf(Refunded.class);
    assertThat(stripe.moved(key.value())).isEqualTo(1000);
  }

  static Stream<String> refusals() {
    return Stream.of("invalid_request", "parameter_missing", "payment_intent_unexpected_state");
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void a_confirmation_that_is_refused_is_looked_at_before_anything_is_said(String code) {
    ProviderReference intent = prepared("pm_card_visa");
    ChargeOrder order = order("pm_card_visa", intent);
    stripe.fail("/confirm", true, error(400, "invalid_request_error", code));
    assertThat(gateway.charge(order)).as("it had charged").isInstanceOf(Charged.class);
  }

  @Test
  void a_confirmation_that_is_refused_and_charged_nothing_is_cancelled_and_declined() {
    ProviderReference intent = prepared("pm_card_visa");
    stripe.fail("/confirm", false, error(400, "invalid_request_error", "amount_too_small"));
    assertThat(gateway.charge(order("pm_card_visa", intent)))
        .isEqualTo(new Declined("amount_too_small"));
    assertThat(stripe.onlyIntent()).containsEntry("status", "canceled");
  }

  @Test
  void a_refused_confirmation_whose_charge_cannot_be_looked_at_is_unknown() {
    ProviderReference intent = prepared("pm_card_visa");
    stripe.fail("/confirm", false, error(400, "invalid_request_error", "amount_too_small"));
    always("/" + intent, false, error(500, "api_error", null));
    assertThat(gateway.charge(order("pm_card_visa", intent))).isInstanceOf(NoAnswer.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 429, 500, 503})
  void what_passes_is_sent_again_under_the_same_key(int status) {
    stripe.fail("/payment_intents", true, error(status, "api_error", null));
    stripe.fail("/confirm", true, error(status, "api_error", null));
    assertThat(charge("pm_card_visa")).isInstanceOf(Charged.class);
    assertThat(stripe.intents()).hasSize(1);
    assertThat(stripe.moved(key.value())).isEqualTo(1250);
    assertThat(stripe.seen.stream().map(StripeStandIn.Seen::key).distinct())
        .containsExactly(key.value(), key + "-confirm");
  }

  @Test
  void retry_after_is_waited_for_within_the_deadline() {
    ProviderReference intent = prepared("pm_card_visa");
    stripe.fail("/confirm", false, tooMany("1"));
    long start = System.nanoTime();
    assertThat(gateway.charge(order("pm_card_visa", intent))).isInstanceOf(Charged.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void retry_after_that_outlasts_the_deadline_is_not_waited_for() {
    ProviderReference intent = prepared("pm_card_visa");
    stripe.fail("/confirm", false, tooMany("30"));
    assertThat(gateway.charge(order("pm_card_visa", intent)))
        .isInstanceOfSatisfying(
            NoAnswer.class, none -> assertThat(none.waited()).isLessThan(DEADLINE));
  }

  private static StripeStandIn.Answer tooMany(String seconds) {
    return exchange -> {
      exchange.getResponseHeaders().add("Retry-After", seconds);
      error(429, "invalid_request_error", "rate_limit").to(exchange);
    };
  }

  @Test
  void an_answer_that_drips_is_cut_off_at_the_deadline() {
    ProviderReference intent = prepared("pm_card_visa");
    stripe.fail(
        "/confirm",
        true,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 200; i++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000L);
          }
        });
    long start = System.nanoTime();
    assertThat(gateway.charge(order("pm_card_visa", intent))).isInstanceOf(NoAnswer.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void a_wrong_key_is_nobodys_decline_and_is_never_shown() {
    ProviderReference intent = prepared("pm_card_visa");
    try (StripeApi rolled = new StripeApi(stripe.base(), "sk_test_wrong_secret")) {
      StripeGateway wrong = gateway(rolled);
      ChargeOrder order = order("pm_card_visa", intent);
      assertThat(List.of(wrong.prepare(order).orElseThrow(), wrong.charge(order)))
          .allSatisfy(
              reply -> {
                assertThat(reply).isInstanceOf(NoAnswer.class);
                assertThat(reply.toString())
                    .contains("countersign.stripe.secret-key")
                    .doesNotContain("sk_test");
              });
      assertThat(wrong.lookUpCharge(order)).isInstanceOf(NoAnswer.class);
      assertThat(wrong.cancelCharge(order)).isInstanceOf(NoAnswer.class);
      assertThat(wrong.refund(refundOf(key, intent, refundKey(), 1))).isInstanceOf(NoAnswer.class);
    }
  }

  @Test
  void a_charge_that_lost_its_id_is_searched_for_by_our_key() {
    ChargeOrder lost = order("pm_card_visa", null);
    stripe.searchable = false;
    assertThat(charge("pm_card_visa")).isInstanceOf(Charged.class);
    assertThat(gateway.lookUpCharge(lost)).as("the search lags").isInstanceOf(NotFound.class);
    stripe.searchable = true;
    assertThat(gateway.lookUpCharge(lost)).isInstanceOf(Charged.class);
    assertThat(gateway.cancelCharge(lost)).isInstanceOf(Charged.class);
  }

  @Test
  void an_intent_that_was_made_and_not_stored_is_cancelled_by_our_key() {
    prepared("pm_card_visa");
    assertThat(gateway.lookUpCharge(order("pm_card_visa", null))).isInstanceOf(NotFound.class);
    assertThat(gateway.cancelCharge(order("pm_card_visa", null))).isInstanceOf(Cancelled.class);
    assertThat(stripe.onlyIntent()).containsEntry("status", "canceled");
  }

  @Test
  void nothing_made_at_all_is_cancelled_without_it() {
    assertThat(gateway.lookUpCharge(order("pm_card_visa", null))).isInstanceOf(NotFound.class);
    assertThat(gateway.cancelCharge(order("pm_card_visa", null))).isInstanceOf(Cancelled.class);
  }

  @Test
  void an_intent_of_another_account_is_unknown_and_not_absent() {
    ChargeOrder order = order("pm_card_visa", new ProviderReference("pi_of_another"));
    assertThat(gateway.lookUpCharge(order)).isInstanceOf(NoAnswer.class);
    assertThat(gateway.cancelCharge(order)).isInstanceOf(NoAnswer.class);
  }

  @Test
  void an_answer_about_another_amount_is_none() {
    ProviderReference intent = prepared("pm_card_visa");
    stripe.onlyIntent().put("amount", 1251L);
    ChargeOrder order = order("pm_card_visa", intent);
    assertThat(gateway.charge(order)).isInstanceOf(NoAnswer.class);
    assertThat(gateway.lookUpCharge(order)).isInstanceOf(NoAnswer.class);
    assertThat(gateway.cancelCharge(order)).isInstanceOf(NoAnswer.class);
  }

  @Test
  void part_of_the_amount_is_no_success() {
    ProviderReference intent = prepared("pm_card_visa");
    gateway.charge(order("pm_card_visa", intent));
    stripe.onlyIntent().put("amount_received", 1249L);
    assertThat(gateway.lookUpCharge(order("pm_card_visa", intent))).isInstanceOf(NoAnswer.class);
  }

  @Test
  void refunds_are_made_once_and_found_among_many() {
    ProviderReference intent = prepared("pm_card_visa");
    gateway.charge(order("pm_card_visa", intent));
    RefundOrder first = refundOf(key, intent, refundKey(), 10);
    ProviderReply.ToRefund reply = gateway.refund(first);
    assertThat(reply).isInstanceOf(Refunded.class);
    assertThat(gateway.refund(first)).isEqualTo(reply);
    for (int i = 0; i < 101; i++) {
      assertThat(gateway.refund(refundOf(key, intent, refundKey(), 10)))
          .isInstanceOf(Refunded.class);
    }
    assertThat(gateway.lookUpRefund(first)).as("on the second page").isEqualTo(reply);
    assertThat(gateway.lookUpRefund(refundOf(key, null, first.key(), 10)))
        .as("of a charge whose id nobody knows")
        .isEqualTo(reply);
    assertThat(gateway.lookUpRefund(refundOf(key, intent, first.key(), 11)))
        .as("of another amount")
        .isInstanceOf(NoAnswer.class);
    RefundOrder tooMuch = refundOf(key, intent, refundKey(), 1000);
    assertThat(gateway.refund(tooMuch)).isEqualTo(new Declined("charge_already_refunded"));
    assertThat(gateway.lookUpRefund(tooMuch)).isInstanceOf(NotFound.class);
    assertThat(gateway.cancelRefund(tooMuch)).isInstanceOf(Cancelled.class);
    assertThat(stripe.moved(key.value())).isEqualTo(1250 - 1020);
  }

  @Test
  void a_refund_that_is_refused_after_it_was_made_was_made() {
    ProviderReference intent = prepared("pm_card_visa");
    gateway.charge(order("pm_card_visa", intent));
    stripe.fail("/refunds", true, error(400, "invalid_request_error", "charge_already_refunded"));
    assertThat(gateway.refund(refundOf(key, intent, refundKey(), 250)))
        .isInstanceOf(Refunded.class);
  }

  @Test
  void a_refund_may_pend_and_fail() {
    ProviderReference intent = prepared("pm_card_visa");
    gateway.charge(order("pm_card_visa", intent));
    RefundOrder order = refundOf(key, intent, refundKey(), 250);
    gateway.refund(order);
    stripe.refunds().forEach(refund -> refund.put("status", "pending"));
    assertThat(gateway.lookUpRefund(order)).isInstanceOf(NoAnswer.class);
    stripe
        .refunds()
        .forEach(
            refund -> {
              refund.put("status", "failed");
              refund.put("failure_reason", "expired_or_canceled_card");
            });
    assertThat(gateway.lookUpRefund(order)).isEqualTo(new Declined("expired_or_canceled_card"));
  }

  @Test
  void no_such_refund_counts_only_once_stripe_has_forgotten_its_key() {
    assertThat(gateway.refundVisibilityDelay()).isGreaterThan(Duration.ofHours(24));
    assertThat(gateway.keyLifetime()).isLessThan(Duration.ofHours(24));
  }

  @Test
  void balance_transactions_are_listed_whole_with_our_key_of_what_they_are_about() {
    for (int i = 1; i <= 250; i++) {
      stripe.book(i, "eur", key.value());
    }
    List<SettlementLine> lines = new ArrayList<>();
    StripeSettlements settlements = new StripeSettlements(api, Duration.ofSeconds(5));
    settlements.list(
        Instant.ofEpochSecond(1_764_000_000), Instant.ofEpochSecond(1_764_086_400), lines::add);
    assertThat(lines).hasSize(250).extracting(SettlementLine::id).doesNotHaveDuplicates();
    assertThat(lines.getFirst())
        .isEqualTo(
            new SettlementLine(
                "txn_1",
                "charge",
                101,
                30,
                71,
                CurrencyCode.of("EUR"),
                Instant.ofEpochSecond(1_764_000_001),
                Instant.ofEpochSecond(1_764_600_000),
                List.of("ch_1", "pi_1", key.value()),
                null));
    assertThat(stripe.requests().getFirst().parameters())
        .containsEntry("created[gte]", "1764000000")
        .containsEntry("created[lt]", "1764086400");
  }

  @Test
  void a_settlement_that_breaks_off_is_none() {
    for (int i = 1; i <= 150; i++) {
      stripe.book(i, "eur", key.value());
    }
    StripeSettlements settlements = new StripeSettlements(api, Duration.ofSeconds(1));
    List<SettlementLine> lines = new ArrayList<>();
    assertThatThrownBy(
            () ->
                settlements.list(
                    Instant.EPOCH,
                    Instant.ofEpochSecond(1_764_086_400),
                    line -> {
                      lines.add(line);
                      always("/balance_transactions", false, error(500, "api_error", null));
                    }))
        .isInstanceOf(ProviderSettlements.SettlementUnavailable.class);
    assertThat(lines).hasSize(100);
  }
}
