package io.countersign.server.api.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

@ServerTest
class ConventionsTest {

  private static final String ACCOUNTS = "/v1/ledgers/main/accounts";

  private final int port;
  private final TestApi api;

  ConventionsTest(@Value("${local.server.port}") int port) {
    this.port = port;
    this.api = TestApi.at(port);
  }

  @Test
  void an_unknown_path_is_404_for_whoever_signed_in_and_401_for_others() {
    isProblem(api.as("auditor").get("/v1/no-such-thing"), 404, "not-found");
    isProblem(api.anonymous().get("/v1/no-such-thing"), 401, "unauthenticated");
  }

  @Test
  void a_problem_says_what_rfc_9457_asks_for() {
    Reply refused = api.as("auditor").get("/v1/ledgers/nobodys/accounts?limit=5");

    isProblem(refused, 404, "not-found");
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.text("type")).isEqualTo("/problems/not-found");
    assertThat(refused.text("title")).isEqualTo("Not found");
    assertThat(refused.json().path("status").asInt()).isEqualTo(404);
    assertThat(refused.text("detail")).contains("nobodys");
    assertThat(refused.text("instance")).isEqualTo("/v1/ledgers/nobodys/accounts");
  }

  @Test
  void an_unknown_token_is_401_with_a_challenge() {
    Reply refused = api.withToken("css_made-up").get("/v1/me");

    isProblem(refused, 401, "unauthenticated");
    assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void a_method_that_is_not_offered_is_405_and_names_those_that_are() {
    Reply refused = api.as("auditor").delete(ACCOUNTS);

    isProblem(refused, 405, "method-not-allowed");
    assertThat(refused.header("Allow")).contains("GET").contains("POST");
  }

  @Test
  void another_media_type_is_415() {
    isProblem(
        api.as("integrator").post(ACCOUNTS, account().getBytes(UTF_8), "text/plain"),
        415,
        "unsupported-media-type");
  }

  @Test
  void an_answer_in_a_form_that_does_not_exist_is_406_and_still_a_problem() {
    isProblem(api.as("auditor").with("Accept", "image/png").get("/v1/me"), 406, "not-acceptable");
  }

  @Test
  void json_is_read_to_the_letter() {
    refusesBody("", "missing");
    refusesBody("{", "truncated");
    refusesBody("[]", "a list");
    refusesBody("null", "null");
    refusesBody(account().replace("}", ", \"colour\": \"red\"}"), "an unknown field");
    refusesBody(account().replace("}", ", \"name\": \"again\"}"), "a key twice");
    refusesBody(account() + "{}", "something after it");
    refusesBody(account().replace("\"name\": \"A wallet\"", "\"name\": 5"), "a number for a text");
    refusesBody(account().replace("\"name\": \"A wallet\"", "\"name\": null"), "a null");
    refusesBody(account().replace("\"name\": \"A wallet\",", ""), "a missing field");
    refusesBody(account().replace("LIABILITY", "LOAN"), "no such enum value");
    refusesBody(account().replace("}", ", \"minimumBalance\": \"0\"}"), "a text for a number");
    refusesBody(account().replace("}", ", \"minimumBalance\": 1.0}"), "a fraction");
    refusesBody(account().replace("}", ", \"minimumBalance\": 9223372036854775808}"), "overflow");
    refusesBody(account().replace("A wallet", "A\\u0000wallet"), "NUL");
    refusesBody(account().replace("A wallet", "\\ud800"), "half a surrogate pair");
    refusesBody(
        account().replace("}", ", \"metadata\": {\"a\": " + "[".repeat(40) + "]".repeat(40) + "}}"),
        "too deep");
  }

  @Test
  void a_wrong_field_is_named_by_its_path() {
    Reply refused =
        api.as("integrator")
            .postInMain(
                "/transactions",
                """
                {"description": "x", "entries": [
                  {"account": "a", "direction": "DEBIT", "amount": {"minorUnits": "5", "currency": "EUR"}}]}
                """);

    isProblem(refused, 400, "invalid-request");
    assertThat(refused.text("errors.0.field")).isEqualTo("entries[0].amount");
    assertThat(refused.text("errors.0.message")).contains("integer").doesNotContain("countersign");
  }

  @Test
  void money_that_cannot_be_meant_is_422_and_the_refusal_belongs_to_the_key() {
    String body =
        """
        {"from": "a", "to": "b", "description": "x", "amount": {"minorUnits": 5, "currency": "XYZ"}}
        """;
    TestApi.Calls calls = api.as("integrator").withKey(UUID.randomUUID().toString());

    Reply first = calls.postInMain("/transfers", body);
    Reply again = calls.postInMain("/transfers", body);
    Reply other = calls.postInMain("/transfers", body.replace("XYZ", "EUR"));

    isProblem(first, 422, "invalid-money");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    isProblem(other, 422, "idempotency-key-reused");
  }

  @Test
  void rights_come_before_the_key_and_the_key_before_the_body() {
    isProblem(api.anonymous().withoutKey().post(ACCOUNTS, "{"), 401, "unauthenticated");
    isProblem(
        api.as("auditor").withoutKey().post("/v1/ledgers/none/accounts", "{"), 404, "not-found");
    isProblem(api.as("auditor").withoutKey().post(ACCOUNTS, "{"), 403, "forbidden");
    isProblem(
        api.as("integrator").withoutKey().post(ACCOUNTS, "{"), 400, "idempotency-key-missing");
    isProblem(
        api.as("integrator").withKey("two words").post(ACCOUNTS, "{"), 400, "invalid-request");
    isProblem(
        api.as("integrator").withKey("k".repeat(256)).post(ACCOUNTS, "{"), 400, "invalid-request");
  }

  @Test
  void a_key_may_be_quoted_or_bare() {
    String key = UUID.randomUUID().toString();
    String body = account();

    Reply bare = api.as("integrator").withKey(key).post(ACCOUNTS, body);
    Reply quoted = api.as("integrator").withKey('"' + key + '"').post(ACCOUNTS, body);

    assertThat(bare.status()).isEqualTo(201);
    assertThat(quoted.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(quoted.body()).isEqualTo(bare.body());
  }

  @Test
  void a_body_over_8_mb_is_413_with_and_without_its_length() {
    byte[] large = new byte[10 * 1024 * 1024];

    isProblem(api.as("integrator").post(ACCOUNTS, large, "application/json"), 413, "too-large");
    isProblem(
        api.as("integrator")
            .send(
                "POST",
                ACCOUNTS,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
        413,
        "too-large");
    isProblem(api.as("auditor").post(ACCOUNTS, large, "application/json"), 403, "forbidden");
  }

  @Test
  void a_page_has_1_to_1000_items() {
    for (String limit : new String[] {"0", "1001", "-1", "ten", "1.5", ""}) {
      isProblem(api.as("auditor").get(ACCOUNTS + "?limit=" + limit), 400, "invalid-request");
    }
    isProblem(api.as("auditor").get(ACCOUNTS + "?after=%21%21"), 400, "invalid-request");
    assertThat(api.as("auditor").get(ACCOUNTS + "?limit=1000").status()).isEqualTo(200);
  }

  @Test
  void an_id_that_is_none_names_nothing() {
    isProblem(api.as("auditor").getInMain("/transactions/what"), 404, "not-found");
    isProblem(api.as("admin").get("/v1/users/usr_1"), 404, "not-found");
  }

  @Test
  void each_problem_has_a_page_that_anybody_can_read() {
    Reply page = api.anonymous().get("/problems/insufficient-funds");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.body()).contains("Insufficient funds").contains("minimum balance");
    isProblem(api.anonymous().get("/problems/made-up"), 404, "not-found");
  }

  @Test
  void a_request_too_broken_for_any_handler_is_a_problem_too() throws IOException {
    assertThat(raw("GET /v1/%zz HTTP/1.1")).contains(" 400 ").contains("problem+json");
    assertThat(raw("GET /v1/../me;x=1 HTTP/1.1")).contains(" 400 ").contains("problem+json");
    assertThat(raw("TRACE /v1/me HTTP/1.1")).contains("problem+json");
    assertThat(api.anonymous().get("/error").problem()).isEqualTo("not-found");
  }

  private String raw(String requestLine) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = requestLine + "\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private void refusesBody(String body, String why) {
    Reply refused = api.as("integrator").post(ACCOUNTS, body);
    assertThat(refused.status()).as(why + ": " + refused).isEqualTo(400);
    assertThat(refused.problem()).as(why).isEqualTo("invalid-request");
  }

  private static String account() {
    return """
    {"code": "wallet:%s", "name": "A wallet", "type": "LIABILITY", "currency": "EUR"}\
    """
        .formatted(UUID.randomUUID());
  }

  private static void isProblem(Reply reply, int status, String slug) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.problem()).as(reply.toString()).isEqualTo(slug);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
  }
}
