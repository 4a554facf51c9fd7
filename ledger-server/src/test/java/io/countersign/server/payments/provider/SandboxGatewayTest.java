package io.countersign.server.payments.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.server.payments.provider.ProviderReply.Cancelled;
import io.countersign.server.payments.provider.ProviderReply.Charged;
import io.countersign.server.payments.provider.ProviderReply.Declined;
import io.countersign.server.payments.provider.ProviderReply.NoAnswer;
import io.countersign.server.payments.provider.ProviderReply.NotFound;
import io.countersign.server.payments.provider.ProviderReply.Refunded;
import io.countersign.server.sandbox.SandboxAcquirer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against the real acquirer, in this process.
class SandboxGatewayTest {

  private static final Money AMOUNT = Money.of(1250, "EUR");

  @TempDir Path home;
  private final ProviderKey key = ProviderKey.ofCharge(new PaymentId(UUID.randomUUID()));
  private SandboxAcquirer acquirer;
  private SandboxGateway gateway;

  @BeforeEach
  void start() {
    acquirer = acquirer(0, "0");
    gateway = gateway(Duration.ofMillis(4500));
  }

  private SandboxGateway gateway(Duration callDeadline) {
    URI provider = URI.create("http://127.0.0.1:" + acquirer.port());
    return Gateways.at(provider, callDeadline, "http://127.0.0.1:9");
  }

  private SandboxAcquirer acquirer(int port, String latency) {
    return SandboxAcquirer.start(
        Map.of(
            "SANDBOX_PORT", String.valueOf(port),
            "SANDBOX_HOME", home.toString(),
            "SANDBOX_LATENCY", latency),
        Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    gateway.close();
    acquirer.close();
  }

  private ProviderReply.ToCharge charge(String token) {
    return gateway.charge(new ChargeOrder("main", key, AMOUNT, token, "order 7", null, null));
  }

  private ProviderReply.ToRefund refund(ProviderKey refund, long minorUnits, String reason) {
    return gateway.refund(
        new RefundOrder("main", refund, key, null, Money.of(minorUnits, "EUR"), reason));
  }

  private static ProviderKey refundKey() {
    return ProviderKey.ofRefund(new RefundId(UUID.randomUUID()));
  }

  private String charges() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri =
          URI.create("http://127.0.0.1:" + acquirer.port() + "/sandbox/charges?key=" + key.value());
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tok_ok", "tok_slow", "tok_flaky"})
  void a_good_card_is_charged_within_one_call(String token) {
    assertThat(charge(token)).isInstanceOf(Charged.class);
    assertThat(gateway.lookUpCharge(Gateways.charge(key, AMOUNT))).isEqualTo(charge(token));
    assertThat(charges()).containsOnlyOnce("\"reference\"");
  }

  @Test
  void a_flaky_provider_is_sent_to_often_enough_even_when_it_is_slow() {
    acquirer.close();
    acquirer = acquirer(acquirer.port(), "800ms");
    assertThat(charge("tok_flaky")).isInstanceOf(Charged.class);
  }

  @Test
  void a_decline_is_a_decline_with_its_code() {
    assertThat(charge("tok_declined")).isEqualTo(new Declined("card_declined"));
    assertThat(gateway.lookUpCharge(Gateways.charge(key, AMOUNT)))
        .isEqualTo(new Declined("card_declined"));
  }

  @Test
  void a_charge_without_an_answer_is_unknown_and_then_found() {
    assertThat(charge("tok_charged_no_answer")).isInstanceOf(NoAnswer.class);
    assertThat(gateway.lookUpCharge(Gateways.charge(key, AMOUNT))).isInstanceOf(Charged.class);
    assertThat(charges()).containsOnlyOnce("\"reference\"");
  }

  @Test
  void no_charge_without_an_answer_is_unknown_not_found_and_cancelled_for_good() {
    assertThat(charge("tok_not_charged_no_answer")).isInstanceOf(NoAnswer.class);
    assertThat(gateway.lookUpCharge(Gateways.charge(key, AMOUNT))).isInstanceOf(NotFound.class);
    assertThat(gateway.cancelCharge(Gateways.charge(key, AMOUNT))).isInstanceOf(Cancelled.class);
    assertThat(charge("tok_ok")).isEqualTo(new Declined(Declined.CANCELLED));
    assertThat(gateway.lookUpCharge(Gateways.charge(key, AMOUNT)))
        .isEqualTo(new Declined(Declined.CANCELLED));
    assertThat(charges()).contains("\"cancelled\"").doesNotContain("\"charged\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tok_silent", "tok_late_webhook"})
  void silence_is_unknown_in_time_however_it_is_asked(String token) {
    gateway = gateway(Duration.ofMillis(800));
    long start = System.nanoTime();
    assertThat(charge(token)).isInstanceOf(NoAnswer.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(gateway.lookUpCharge(Gateways.charge(key, AMOUNT))).isInstanceOf(NoAnswer.class);
    assertThat(gateway.cancelCharge(Gateways.charge(key, AMOUNT))).isInstanceOf(NoAnswer.class);
    assertThat(charges()).containsOnlyOnce("\"charged\"");
  }

  @Test
  void what_was_charged_is_found_when_we_try_to_cancel_it() {
    ProviderReply.ToCharge charged = charge("tok_ok");
    assertThat(gateway.cancelCharge(Gateways.charge(key, AMOUNT))).isEqualTo(charged);
  }

  @Test
  void a_charge_of_another_amount_is_not_taken_for_ours() {
    assertThat(charge("tok_ok")).isInstanceOf(Charged.class);
    assertThat(gateway.lookUpCharge(Gateways.charge(key, Money.of(1251, "EUR"))))
        .isInstanceOf(NoAnswer.class);
    assertThat(
            gateway.charge(
                new ChargeOrder("main", key, Money.of(1251, "EUR"), "tok_ok", null, null, null)))
        .isInstanceOf(NoAnswer.class);
  }

  @Test
  void a_provider_that_is_down_is_unknown_and_one_that_comes_back_in_time_charges() {
    int port = acquirer.port();
    acquirer.close();
    assertThat(gateway.lookUpCharge(Gateways.charge(key, AMOUNT))).isInstanceOf(NoAnswer.class);
    CompletableFuture<ProviderReply.ToCharge> reply =
        CompletableFuture.supplyAsync(() -> charge("tok_ok"));
    acquirer = acquirer(port, "0");
    assertThat(reply.join()).isInstanceOf(Charged.class);
  }

  @Test
  void refunds_are_made_declined_unknown_looked_up_and_cancelled_like_charges() {
    charge("tok_ok");
    ProviderKey made = refundKey();
    assertThat(refund(made, 250, "wrong size")).isInstanceOf(Refunded.class);
    assertThat(gateway.lookUpRefund(Gateways.refund(made, Money.of(250, "EUR"))))
        .isInstanceOf(Refunded.class);
    assertThat(refund(refundKey(), 1001, "too much"))
        .isEqualTo(new Declined("refund_exceeds_charge"));
    ProviderKey unknown = refundKey();
    assertThat(refund(unknown, 100, "tok_charged_no_answer")).isInstanceOf(NoAnswer.class);
    assertThat(gateway.lookUpRefund(Gateways.refund(unknown, Money.of(100, "EUR"))))
        .isInstanceOf(Refunded.class);
    ProviderKey lost = refundKey();
    assertThat(refund(lost, 100, "tok_not_charged_no_answer")).isInstanceOf(NoAnswer.class);
    assertThat(gateway.lookUpRefund(Gateways.refund(lost, Money.of(100, "EUR"))))
        .isInstanceOf(NotFound.class);
    assertThat(gateway.cancelRefund(Gateways.refund(lost, Money.of(100, "EUR"))))
        .isInstanceOf(Cancelled.class);
    assertThat(refund(lost, 100, "tok_not_charged_no_answer"))
        .isEqualTo(new Declined(Declined.CANCELLED));
    assertThat(charges()).contains("\"refundedMinorUnits\":350");
  }
}
