package io.countersign.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;

@ServerTest
class BooksHttpTest {

  @Value("${local.server.port}")
  private int port;

  // The tests share one server; each makes accounts under a prefix of its own.
  private final String own = "t" + UUID.randomUUID().toString().substring(0, 8);

  private TestApi.Calls integrator() {
    return TestApi.at(port).as("integrator");
  }

  private TestApi.Calls operator() {
    return TestApi.at(port).as("operator");
  }

  @BeforeEach
  void open_a_bank_and_two_wallets() {
    open("bank", "ASSET", null);
    open("wallet:a", "LIABILITY", "0");
    open("wallet:b", "LIABILITY", "0");
  }

  @Test
  void an_account_answers_as_the_contract_shows_it() {
    Reply account = integrator().getInMain("/accounts/" + own + ":wallet:a");
    assertThat(account.status()).isEqualTo(200);
    assertThat(account.text("code")).isEqualTo(own + ":wallet:a");
    assertThat(account.text("status")).isEqualTo("open");
    assertThat(account.text("type")).isEqualTo("LIABILITY");
    assertThat(account.json().get("minimumBalance").asLong()).isZero();
    assertThat(again("wallet:a").problem()).isEqualTo("account-exists");
    Reply page = integrator().getInMain("/accounts?prefix=" + own + ":wallet&limit=1");
    assertThat(page.json().get("items").size()).isEqualTo(1);
    Reply next =
        integrator()
            .getInMain("/accounts?prefix=" + own + ":wallet&limit=1&after=" + page.text("next"));
    assertThat(next.text("items.0.code")).isEqualTo(own + ":wallet:b");
    assertThat(next.json().get("next").isNull()).isTrue();
  }

  @Test
  void a_transfer_moves_money_once_however_often_it_is_sent() {
    TestApi.Calls keyed = integrator().withKey("\"" + own + "-transfer\"");
    Reply first = keyed.postInMain("/transfers", transfer("bank", "wallet:a", "1250"));
    Reply again =
        integrator()
            .withKey(own + "-transfer")
            .postInMain("/transfers", "\n" + transfer("bank", "wallet:a", "1250"));
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.text("kind")).isEqualTo("transfer");
    assertThat(first.text("recordedBy")).isEqualTo("integrator");
    assertThat(first.text("entries.0.direction")).isEqualTo("DEBIT");
    assertThat(first.text("entries.0.layer")).isEqualTo("posted");
    assertThat(first.json().get("reversedBy").isNull()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(posted("wallet:a")).isEqualTo(1250);
    Reply other = keyed.postInMain("/transfers", transfer("bank", "wallet:a", "1251"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.problem()).isEqualTo("idempotency-key-reused");
    assertThat(integrator().getInMain("/transactions/" + first.text("id")).body())
        .isEqualTo(first.body());
  }

  @Test
  void a_hundred_equal_transfers_at_once_are_one() throws Exception {
    TestApi.Calls keyed = integrator().withKey(own + "-storm");
    List<Callable<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(() -> keyed.postInMain("/transfers", transfer("bank", "wallet:a", "7")));
    }
    Set<String> bodies = new HashSet<>();
    for (Reply reply : JournalRaceTest.atOnce(calls)) {
      if (reply.status() == 201) {
        bodies.add(reply.body());
      } else {
        assertThat(reply.problem()).isEqualTo("idempotency-key-in-use");
      }
    }
    assertThat(bodies).hasSize(1);
    assertThat(posted("wallet:a")).isEqualTo(7);
  }

  @Test
  void sixty_four_spenders_over_http_never_overdraw_a_wallet() throws Exception {
    integrator().postInMain("/transfers", transfer("bank", "wallet:a", "100"));
    List<Callable<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      calls.add(() -> integrator().postInMain("/transfers", transfer("wallet:a", "wallet:b", "9")));
    }
    List<Reply> replies = JournalRaceTest.atOnce(calls);
    assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(11);
    assertThat(replies)
        .filteredOn(reply -> reply.status() != 201)
        .allMatch(reply -> reply.problem().equals("insufficient-funds"));
    assertThat(posted("wallet:a")).isEqualTo(1);
    assertThat(posted("wallet:b")).isEqualTo(99);
    assertThat(posted("bank")).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          amount as a string        | "12"                       | EUR | 400 | invalid-request
          a fraction                | 12.5                       | EUR | 400 | invalid-request
          an exponent               | 1e3                        | EUR | 400 | invalid-request
          null                      | null                       | EUR | 400 | invalid-request
          zero                      | 0                          | EUR | 422 | invalid-money
          negative                  | -5                         | EUR | 422 | invalid-money
          beyond 64 bits            | 9223372036854775808        | EUR | 422 | invalid-money
          an unknown currency       | 5                          | XXQ | 422 | invalid-money
          another currency          | 5                          | USD | 422 | currency-mismatch
          more than there is        | 5                          | EUR | 422 | insufficient-funds
          """)
  void a_bad_amount_is_refused_with_its_reason_and_nothing_moves(
      String what, String minorUnits, String currency, int status, String slug) {
    Reply reply =
        integrator()
            .postInMain(
                "/transfers",
                """
                {"from": "%s:wallet:a", "to": "%s:wallet:b", "description": "%s",
                 "amount": {"minorUnits": %s, "currency": "%s"}}
                """
                    .formatted(own, own, what, minorUnits, currency));
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.problem()).isEqualTo(slug);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertThat(posted("wallet:a")).isZero();
    assertThat(posted("wallet:b")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"description": "no entries"}
          {"description": "unknown field", "entries": [], "more": 1}
          {"description": "one entry", "entries": [{"account": "a", "direction": "DEBIT", "amount": {"minorUnits": 1, "currency": "EUR"}}]}
          {"description": "wrong direction", "entries": [{"account": "a", "direction": "debit", "amount": {"minorUnits": 1, "currency": "EUR"}}]}
          {"description": "null entry", "entries": [null, null]}
          {"description": 5, "entries": []}
          {"description": "no such day", "effectiveOn": "2026-02-30", "entries": []}
          [1, 2]
          {"description": "cut
          """)
  void a_malformed_transaction_is_an_invalid_request(String json) {
    Reply reply = integrator().postInMain("/transactions", json);
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("invalid-request");
  }

  @Test
  void an_unbalanced_transaction_names_the_difference_and_its_refusal_replays() {
    String json =
        """
        {"description": "uneven", "entries": [
          {"account": "%s:bank", "direction": "DEBIT", "amount": {"minorUnits": 100, "currency": "EUR"}},
          {"account": "%s:wallet:a", "direction": "CREDIT", "amount": {"minorUnits": 99, "currency": "EUR"}}]}
        """
            .formatted(own, own);
    TestApi.Calls keyed = integrator().withKey(own + "-uneven");
    Reply first = keyed.postInMain("/transactions", json);
    Reply again = keyed.postInMain("/transactions", json);
    assertThat(first.problem()).isEqualTo("unbalanced-transaction");
    assertThat(first.json().get("differences").get(0).get("minorUnits").asLong()).isEqualTo(1);
    assertThat(first.text("differences.0.currency")).isEqualTo("EUR");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void the_journal_is_paged_by_keyset_in_both_orders() {
    for (int i = 1; i <= 5; i++) {
      integrator().postInMain("/transfers", transfer("bank", "wallet:a", "" + i));
    }
    assertThat(amounts("newest")).containsExactly(5L, 4L, 3L, 2L, 1L);
    assertThat(amounts("oldest")).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(integrator().getInMain("/transactions?limit=0").status()).isEqualTo(400);
    assertThat(integrator().getInMain("/transactions?after=nonsense").status()).isEqualTo(400);
    assertThat(integrator().getInMain("/transactions?kind=none").status()).isEqualTo(400);
    assertThat(integrator().getInMain("/transactions?account=none").problem())
        .isEqualTo("account-not-found");
    assertThat(integrator().getInMain("/transactions/txn_nonsense").problem())
        .isEqualTo("not-found");
  }

  @Test
  void a_frozen_account_takes_nothing_until_it_is_unfrozen() {
    Reply frozen =
        operator().postInMain("/accounts/" + own + ":wallet:a/freeze", "{\"reason\": \"fraud\"}");
    assertThat(frozen.status()).as(frozen.body()).isEqualTo(200);
    assertThat(frozen.text("status")).isEqualTo("frozen");
    Reply refused = integrator().postInMain("/transfers", transfer("bank", "wallet:a", "1"));
    assertThat(refused.problem()).isEqualTo("account-frozen");
    Reply twice =
        operator().postInMain("/accounts/" + own + ":wallet:a/freeze", "{\"reason\": \"again\"}");
    assertThat(twice.status()).isEqualTo(409);
    assertThat(twice.text("state")).isEqualTo("frozen");
    operator().postInMain("/accounts/" + own + ":wallet:a/unfreeze", "{\"reason\": \"clear\"}");
    assertThat(integrator().postInMain("/transfers", transfer("bank", "wallet:a", "1")).status())
        .isEqualTo(201);
    Reply close =
        operator().postInMain("/accounts/" + own + ":wallet:a/close", "{\"reason\": \"gone\"}");
    assertThat(close.problem()).isEqualTo("account-not-empty");
  }

  @Test
  void transfers_that_read_backwards_or_go_nowhere_are_refused() {
    open("cash", "ASSET", null);
    assertThat(integrator().postInMain("/transfers", transfer("bank", "cash", "1")).problem())
        .isEqualTo("ambiguous-transfer");
    assertThat(integrator().postInMain("/transfers", transfer("bank", "bank", "1")).status())
        .isEqualTo(400);
    Reply unknown = integrator().postInMain("/transfers", transfer("bank", "nowhere", "1"));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.problem()).isEqualTo("account-not-found");
    assertThat(unknown.text("account")).isEqualTo(own + ":nowhere");
  }

  @Test
  void debits_equal_credits_in_the_trial_balance() {
    integrator().postInMain("/transfers", transfer("bank", "wallet:a", "500"));
    Reply trial = integrator().getInMain("/trial-balance");
    assertThat(trial.status()).isEqualTo(200);
    trial
        .json()
        .get("totals")
        .forEach(total -> assertThat(total.get("debit")).isEqualTo(total.get("credit")));
    assertThat(trial.body()).contains(own + ":wallet:a");
  }

  @Test
  void a_balance_as_known_at_an_instant_stays_what_it_was() {
    Reply first = integrator().postInMain("/transfers", transfer("bank", "wallet:a", "500"));
    String balance = "/accounts/" + own + ":wallet:a/balance";
    String knownAt = "knownAt=" + first.text("recordedAt");
    String told = integrator().getInMain(balance + "?" + knownAt).body();
    integrator().postInMain("/transfers", transfer("bank", "wallet:a", "7"));
    Reply again = integrator().getInMain(balance + "?" + knownAt);
    assertThat(again.status()).as(again.body()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(told);
    assertThat(again.json().get("posted").asLong()).isEqualTo(500);
    assertThat(again.text("sequence")).isEqualTo(first.text("sequence"));
    assertThat(again.text("knownAt")).isEqualTo(first.text("recordedAt"));
    assertThat(again.text("effectiveOn")).isEqualTo(first.text("effectiveOn"));
    assertThat(posted("wallet:a")).isEqualTo(507);
    assertThat(integrator().getInMain(balance).json().get("knownAt").isNull()).isTrue();
    Reply trial = integrator().getInMain("/trial-balance?" + knownAt);
    assertThat(integrator().getInMain("/trial-balance?" + knownAt).body()).isEqualTo(trial.body());
    assertThat(trial.body()).contains(own + ":wallet:a");
  }

  @ParameterizedTest
  @CsvSource({
    "knownAt=2999-01-01T00:00:00Z, 422, invalid-time",
    "knownAt=%2B1000000000-12-31T23:59:59Z, 422, invalid-time",
    "knownAt=yesterday, 400, invalid-request",
    "knownAt=2026-11-24, 400, invalid-request",
    "effectiveOn=2026-02-30, 400, invalid-request",
    "knownAt=-1000000000-01-01T00:00:00Z, 200, ''",
    "effectiveOn=%2B999999999-12-31, 200, ''"
  })
  void questions_about_no_time_are_refused(String query, int status, String slug) {
    for (String path : List.of("/trial-balance", "/accounts/" + own + ":bank/balance")) {
      Reply reply = integrator().getInMain(path + "?" + query);
      assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(status);
      assertThat(reply.problem()).isEqualTo(slug);
    }
  }

  @Test
  void a_statement_runs_on_from_page_to_page() {
    for (int i = 1; i <= 3; i++) {
      integrator().postInMain("/transfers", transfer("bank", "wallet:a", "" + i));
    }
    String path = "/accounts/" + own + ":wallet:a/entries?limit=2";
    Reply first = integrator().getInMain(path);
    Reply second = integrator().getInMain(path + "&after=" + first.text("next"));
    assertThat(first.text("items.1.runningBalance")).isEqualTo("3");
    assertThat(second.text("items.0.runningBalance")).isEqualTo("6");
    assertThat(second.json().get("next").isNull()).isTrue();
    assertThat(integrator().getInMain(path + "&after=bm90aGluZw").problem())
        .isEqualTo("invalid-request");
  }

  private List<Long> amounts(String order) {
    List<Long> amounts = new ArrayList<>();
    String after = "";
    do {
      Reply page =
          integrator()
              .getInMain(
                  "/transactions?limit=2&order="
                      + order
                      + "&account="
                      + own
                      + ":wallet:a&after="
                      + after);
      page.json()
          .get("items")
          .forEach(
              item ->
                  amounts.add(item.get("entries").get(0).get("amount").get("minorUnits").asLong()));
      after = page.json().get("next").isNull() ? "" : page.text("next");
    } while (!after.isEmpty());
    return amounts;
  }

  private long posted(String account) {
    Reply balance = integrator().getInMain("/accounts/" + own + ":" + account + "/balance");
    assertThat(balance.status()).as(balance.body()).isEqualTo(200);
    return balance.json().get("posted").asLong();
  }

  private void open(String code, String type, @org.jspecify.annotations.Nullable String minimum) {
    Reply reply = account(code, type, minimum);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
  }

  private Reply again(String code) {
    return account(code, "LIABILITY", "0");
  }

  private Reply account(
      String code, String type, @org.jspecify.annotations.Nullable String minimum) {
    return integrator()
        .postInMain(
            "/accounts",
            """
            {"code": "%s:%s", "name": "%s", "type": "%s", "currency": "EUR"%s}
            """
                .formatted(
                    own,
                    code,
                    code,
                    type,
                    minimum == null ? "" : ", \"minimumBalance\": " + minimum));
  }

  private String transfer(String from, String to, String minorUnits) {
    return """
    {"from": "%s:%s", "to": "%s:%s", "description": "test",
     "amount": {"minorUnits": %s, "currency": "EUR"}}
    """
        .formatted(own, from, own, to, minorUnits);
  }
}
