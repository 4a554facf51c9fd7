package io.countersign.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;

@ServerTest
class BatchHttpTest {

  @Value("${local.server.port}")
  private int port;

  private final String own = "b" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void open_a_bank_and_a_wallet() {
    open("bank", "ASSET", "null");
    open("wallet", "LIABILITY", "0");
  }

  @Test
  void each_item_stands_for_itself_and_replays_by_its_own_key() {
    String body =
        batch(
            item("1", "bank", "wallet", "100"),
            item("2", "wallet", "bank", "101"),
            item("3", "wallet", "bank", "60"),
            item("4", "wallet", "bank", "-5"),
            item("5", "wallet", "bank", "99999999999999999999"));
    Reply first = integrator().withKey("ignored").postInMain("/transactions/batch", body);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.text("results.0.idempotencyKey")).isEqualTo(own + "-1");
    assertThat(first.text("results.0.status")).isEqualTo("201");
    assertThat(first.text("results.0.replayed")).isEqualTo("false");
    assertThat(first.text("results.0.transaction.kind")).isEqualTo("transaction");
    assertThat(first.json().at("/results/0").has("problem")).isFalse();
    assertThat(first.text("results.1.status")).isEqualTo("422");
    assertThat(first.text("results.1.problem.type")).isEqualTo("/problems/insufficient-funds");
    assertThat(first.json().at("/results/1").has("transaction")).isFalse();
    assertThat(first.text("results.2.status")).isEqualTo("201");
    assertThat(first.text("results.3.problem.type")).isEqualTo("/problems/invalid-money");
    assertThat(first.text("results.4.problem.type")).isEqualTo("/problems/invalid-money");
    assertThat(posted("wallet")).isEqualTo(40);

    Reply again = integrator().postInMain("/transactions/batch", body);
    assertThat(again.json().at("/results")).allMatch(result -> result.get("replayed").asBoolean());
    assertThat(again.json().at("/results/0/transaction"))
        .isEqualTo(first.json().at("/results/0/transaction"));
    assertThat(again.json().at("/results/1/problem"))
        .isEqualTo(first.json().at("/results/1/problem"));
    assertThat(posted("wallet")).isEqualTo(40);
  }

  @Test
  void an_atomic_batch_is_recorded_whole_or_not_at_all() {
    String good = unkeyed("bank", "wallet", "100");
    String bad = unkeyed("wallet", "bank", "500");
    Reply refused = integrator().postInMain("/transactions/batch", atomic(good, bad));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("batch-refused");
    assertThat(refused.text("results.0.status")).isEqualTo("424");
    assertThat(refused.text("results.1.problem.type")).isEqualTo("/problems/insufficient-funds");
    assertThat(posted("wallet")).isZero();

    TestApi.Calls keyed = integrator().withKey(own + "-atomic");
    Reply done =
        keyed.postInMain("/transactions/batch", atomic(good, unkeyed("wallet", "bank", "30")));
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.text("results.1.status")).isEqualTo("201");
    assertThat(posted("wallet")).isEqualTo(70);
    Reply again =
        keyed.postInMain("/transactions/batch", atomic(good, unkeyed("wallet", "bank", "30")));
    assertThat(again.body()).isEqualTo(done.body());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(posted("wallet")).isEqualTo(70);
  }

  @Test
  void a_thousand_transactions_in_one_call_are_all_answered_in_order() {
    String body =
        batch(
            IntStream.range(0, 1000)
                .mapToObj(i -> item("many" + i, "bank", "wallet", "1"))
                .toArray(String[]::new));
    Reply reply = integrator().postInMain("/transactions/batch", body);
    assertThat(reply.json().at("/results")).hasSize(1000);
    assertThat(reply.text("results.999.idempotencyKey")).isEqualTo(own + "-many999");
    assertThat(posted("wallet")).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"transactions\": []}",
        "{\"transactions\": {}}",
        "{\"transactions\": [7]}",
        "{\"transactions\": [{\"idempotencyKey\": \"k\"}], \"atomic\": 1}",
        "{\"transactions\": [{\"idempotencyKey\": \"k\", \"color\": 1}]}",
        "{\"transactions\": [{\"idempotencyKey\": 7, \"description\": \"x\", \"entries\": []}]}",
        "{\"batch\": []}"
      })
  void a_malformed_batch_is_refused_whole(String body) {
    Reply reply = integrator().postInMain("/transactions/batch", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("invalid-request");
  }

  @Test
  void an_item_without_a_key_or_without_sense_refuses_only_itself() {
    Reply reply =
        integrator()
            .postInMain(
                "/transactions/batch",
                batch(
                    unkeyed("bank", "wallet", "1"),
                    "{\"idempotencyKey\": \"has space\", "
                        + unkeyed("bank", "wallet", "1").substring(1),
                    "{\"idempotencyKey\": \""
                        + own
                        + "-one\", \"description\": \"x\", \"entries\": []}",
                    item("fine", "bank", "wallet", "1")));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.text("results.0.problem.type")).isEqualTo("/problems/idempotency-key-missing");
    assertThat(reply.text("results.1.status")).isEqualTo("400");
    assertThat(reply.text("results.2.status")).isEqualTo("400");
    assertThat(reply.text("results.3.status")).isEqualTo("201");
    assertThat(posted("wallet")).isEqualTo(1);
  }

  @Test
  void an_atomic_batch_needs_the_header_and_no_keys_in_its_items() {
    Reply keyed =
        integrator().postInMain("/transactions/batch", atomic(item("k", "bank", "wallet", "1")));
    assertThat(keyed.problem()).isEqualTo("invalid-request");
    Reply unkeyed =
        integrator()
            .withoutKey()
            .postInMain("/transactions/batch", atomic(unkeyed("bank", "wallet", "1")));
    assertThat(unkeyed.problem()).isEqualTo("idempotency-key-missing");
    Reply independent =
        integrator()
            .withoutKey()
            .postInMain("/transactions/batch", batch(item("n", "bank", "wallet", "1")));
    assertThat(independent.status()).isEqualTo(200);
  }

  private TestApi.Calls integrator() {
    return TestApi.at(port).as("integrator");
  }

  private void open(String code, String type, String minimum) {
    Reply reply =
        integrator()
            .postInMain(
                "/accounts",
                """
                {"code": "%s:%s", "name": "x", "type": "%s", "currency": "EUR", "minimumBalance": %s}
                """
                    .formatted(own, code, type, minimum));
    assertThat(reply.status()).isEqualTo(201);
  }

  private long posted(String code) {
    return integrator()
        .getInMain("/accounts/" + own + ":" + code + "/balance")
        .json()
        .get("posted")
        .asLong();
  }

  private String item(String key, String from, String to, String minorUnits) {
    return "{\"idempotencyKey\": \"%s-%s\", ".formatted(own, key)
        + unkeyed(from, to, minorUnits).substring(1);
  }

  private String unkeyed(String from, String to, String minorUnits) {
    String amount = "{\"minorUnits\": %s, \"currency\": \"EUR\"}".formatted(minorUnits);
    return """
    {"description": "batched", "entries": [
      {"account": "%s:%s", "direction": "DEBIT", "amount": %s},
      {"account": "%s:%s", "direction": "CREDIT", "amount": %s}]}\
    """
        .formatted(own, from, amount, own, to, amount);
  }

  private static String batch(String... items) {
    return IntStream.range(0, items.length)
        .mapToObj(i -> items[i])
        .collect(Collectors.joining(",", "{\"transactions\": [", "]}"));
  }

  private static String atomic(String... items) {
    return batch(items).replaceAll("]}$", "], \"atomic\": true}");
  }
}
