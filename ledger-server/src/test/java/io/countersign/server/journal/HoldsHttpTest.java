package io.countersign.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.id.HoldId;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.database.Transactions;
import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

@ServerTest
class HoldsHttpTest {

  private static final LedgerScope MAIN = new LedgerScope(1, "main", ZoneOffset.UTC);
  private static final String FAR_AHEAD = "2199-01-01T00:00:00Z";

  @Value("${local.server.port}")
  private int port;

  @Autowired private Holds internal;
  @Autowired private Transactions transactions;
  @Autowired private Gate gate;

  private final String own = "h" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void fund_a_wallet() {
    open("bank", "ASSET", null);
    open("till", "ASSET", null);
    open("wallet:a", "LIABILITY", "0");
    open("wallet:b", "LIABILITY", "0");
    assertThat(
            integrator()
                .postInMain(
                    "/transfers",
                    """
                    {"from": "%s:bank", "to": "%s:wallet:a", "description": "Deposit",
                     "amount": {"minorUnits": 1000, "currency": "EUR"}}
                    """
                        .formatted(own, own))
                .status())
        .isEqualTo(201);
  }

  @Test
  void a_hold_is_opened_shown_and_captured_in_part_once() {
    TestApi.Calls keyed = integrator().withKey(own + "-hold");
    String request = request("wallet:a", "wallet:b", "700", "EUR", FAR_AHEAD);
    Reply opened = keyed.postInMain("/holds", request);
    assertThat(opened.status()).as(opened.body()).isEqualTo(201);
    assertThat(opened.text("id")).startsWith("hold_");
    assertThat(opened.text("state")).isEqualTo("open");
    assertThat(opened.text("from")).isEqualTo(own + ":wallet:a");
    assertThat(opened.text("to")).isEqualTo(own + ":wallet:b");
    assertThat(opened.json().at("/amount/minorUnits").asLong()).isEqualTo(700);
    assertThat(opened.json().at("/capturedAmount/minorUnits").asLong()).isZero();
    assertThat(opened.json().get("transactions").size()).isEqualTo(1);
    Reply again = keyed.postInMain("/holds", request);
    assertThat(again.body()).isEqualTo(opened.body());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertBalance("wallet:a", 1000, 700);
    Reply shown = TestApi.at(port).as("auditor").getInMain("/holds/" + opened.text("id"));
    assertThat(shown.body()).isEqualTo(opened.body());

    String captures = "/holds/" + opened.text("id") + "/captures";
    TestApi.Calls capturing = integrator().withKey(own + "-capture");
    String part = "{\"amount\": {\"minorUnits\": 200, \"currency\": \"EUR\"}}";
    Reply captured = capturing.postInMain(captures, part);
    assertThat(captured.status()).as(captured.body()).isEqualTo(200);
    assertThat(captured.text("state")).isEqualTo("captured");
    assertThat(captured.json().at("/capturedAmount/minorUnits").asLong()).isEqualTo(200);
    assertThat(captured.json().get("transactions").size()).isEqualTo(2);
    assertThat(capturing.postInMain(captures, part).body()).isEqualTo(captured.body());
    assertBalance("wallet:a", 800, 0);
    assertBalance("wallet:b", 200, 0);
    assertWrongState(integrator().postInMain(captures, "{}"), "captured");
    assertWrongState(release(opened), "captured");
    assertBalance("wallet:a", 800, 0);
  }

  @Test
  void without_an_amount_the_whole_is_captured_and_a_released_one_is_let_go() {
    Reply first = hold("300", FAR_AHEAD);
    Reply second = hold("500", FAR_AHEAD);
    assertBalance("wallet:a", 1000, 800);
    assertThat(capture(first).json().at("/capturedAmount/minorUnits").asLong()).isEqualTo(300);
    Reply released = release(second);
    assertThat(released.status()).isEqualTo(200);
    assertThat(released.text("state")).isEqualTo("released");
    assertBalance("wallet:a", 700, 0);
    assertWrongState(capture(second), "released");
  }

  @Test
  void an_expiry_binds_from_its_moment_and_is_appended_soon_after() throws Exception {
    Instant expiresAt = Instant.now().plusMillis(1500);
    Reply opened = hold("400", expiresAt.toString());
    assertThat(opened.status()).as(opened.body()).isEqualTo(201);
    assertBalance("wallet:a", 1000, 400);
    while (!Instant.now().isAfter(expiresAt)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertWrongState(capture(opened), "expired");
    assertWrongState(release(opened), "expired");
    String path = "/holds/" + opened.text("id");
    Instant deadline = Instant.now().plusSeconds(30);
    while (!integrator().getInMain(path).text("state").equals("expired")) {
      assertThat(Instant.now()).isBefore(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertBalance("wallet:a", 1000, 0);
    Reply expired = integrator().getInMain(path);
    assertThat(
            integrator().getInMain("/transactions/" + expired.text("transactions.1")).text("kind"))
        .isEqualTo("expiry");
    assertWrongState(capture(opened), "expired");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          more than there is   | wallet:a | wallet:b | 1001  | EUR | future               | 422 | insufficient-funds
          zero                 | wallet:a | wallet:b | 0     | EUR | future               | 422 | invalid-money
          negative             | wallet:a | wallet:b | -5    | EUR | future               | 422 | invalid-money
          a fraction           | wallet:a | wallet:b | 1.5   | EUR | future               | 400 | invalid-request
          another currency     | wallet:a | wallet:b | 5     | USD | future               | 422 | currency-mismatch
          in the past          | wallet:a | wallet:b | 5     | EUR | 2020-01-01T00:00:00Z | 422 | invalid-time
          no instant           | wallet:a | wallet:b | 5     | EUR | tomorrow             | 400 | invalid-request
          to itself            | wallet:a | wallet:a | 5     | EUR | future               | 400 | invalid-request
          between two assets   | bank     | till     | 5     | EUR | future               | 422 | ambiguous-transfer
          an unknown account   | wallet:a | nowhere  | 5     | EUR | future               | 404 | account-not-found
          """)
  void a_bad_hold_is_refused_with_its_reason_and_takes_nothing(
      String what,
      String from,
      String to,
      String minorUnits,
      String currency,
      String expiresAt,
      int status,
      String slug) {
    Reply reply =
        integrator()
            .postInMain(
                "/holds",
                request(from, to, minorUnits, currency, expiresAt.replace("future", FAR_AHEAD)));
    assertThat(reply.status()).as(what + ": " + reply.body()).isEqualTo(status);
    assertThat(reply.problem()).isEqualTo(slug);
    assertBalance("wallet:a", 1000, 0);
  }

  @Test
  void what_is_missing_is_named() {
    Reply reply = integrator().postInMain("/holds", "{\"from\": \"" + own + ":wallet:a\"}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("invalid-request");
    assertThat(integrator().getInMain("/holds/hold_nothing").problem()).isEqualTo("not-found");
    assertThat(integrator().getInMain("/holds/hold_" + UUID.randomUUID()).problem())
        .isEqualTo("not-found");
  }

  @Test
  void nobody_captures_or_releases_what_a_refund_holds() {
    HoldId refunds =
        transactions.write(
            () -> {
              gate.enter();
              return internal.open(
                  MAIN,
                  own + ":wallet:a",
                  own + ":bank",
                  Money.of(600, "EUR"),
                  "Refund",
                  "operator",
                  new Relation("refund", "ref_" + own));
            });
    String path = "/holds/" + refunds;
    assertThat(integrator().getInMain(path).status()).isEqualTo(404);
    assertThat(integrator().postInMain(path + "/captures", "{}").status()).isEqualTo(404);
    assertThat(integrator().postInMain(path + "/release", "{}").status()).isEqualTo(404);
    assertBalance("wallet:a", 1000, 600);
  }

  private TestApi.Calls integrator() {
    return TestApi.at(port).as("integrator");
  }

  private Reply hold(String minorUnits, String expiresAt) {
    return integrator()
        .postInMain("/holds", request("wallet:a", "wallet:b", minorUnits, "EUR", expiresAt));
  }

  private Reply capture(Reply hold) {
    return integrator().postInMain("/holds/" + hold.text("id") + "/captures", "{}");
  }

  private Reply release(Reply hold) {
    return integrator().postInMain("/holds/" + hold.text("id") + "/release", "{}");
  }

  private String request(
      String from, String to, String minorUnits, String currency, String expiresAt) {
    return """
    {"from": "%s:%s", "to": "%s:%s", "description": "Room 12", "expiresAt": "%s",
     "reference": "booking-12", "amount": {"minorUnits": %s, "currency": "%s"}}
    """
        .formatted(own, from, own, to, expiresAt, minorUnits, currency);
  }

  private void open(String code, String type, @org.jspecify.annotations.Nullable String minimum) {
    Reply reply =
        integrator()
            .postInMain(
                "/accounts",
                """
                {"code": "%s:%s", "name": "%s", "type": "%s", "currency": "EUR",
                 "minimumBalance": %s}
                """
                    .formatted(own, code, code, type, minimum));
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
  }

  private void assertBalance(String account, long posted, long pending) {
    Reply balance = integrator().getInMain("/accounts/" + own + ":" + account + "/balance");
    assertThat(balance.json().get("posted").asLong()).isEqualTo(posted);
    assertThat(balance.json().get("pending").asLong()).isEqualTo(pending);
    assertThat(balance.json().get("available").asLong()).isEqualTo(posted - pending);
  }

  private static void assertWrongState(Reply reply, String state) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(409);
    assertThat(reply.problem()).isEqualTo("wrong-state");
    assertThat(reply.text("state")).isEqualTo(state);
  }
}
