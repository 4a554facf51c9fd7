package io.countersign.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ServerTest
class OverviewHttpTest {

  private static final String PAYMENT =
      """
      INSERT INTO payments.payment
        (ledger_id, id, amount, currency, merchant_account, provider, provider_key, payment_method,
         metadata, saga_id, created_by, created_at, state, sends, refunded, checks, transactions,
         updated_at, version)
      VALUES (:ledger, :id, 1250, 'EUR', 'm', 'none', :key, 'x', '{}', :id, 'x', :at, :state, 1, 0, 0,
              '[]', :at, 1)
      """;

  private final TestApi api;
  private final JdbcClient jdbc;
  private final String own = "over" + UUID.randomUUID().toString().substring(0, 8);

  OverviewHttpTest(@Value("${local.server.port}") int port, @Autowired JdbcClient jdbc) {
    this.api = TestApi.at(port);
    this.jdbc = jdbc;
  }

  @Test
  void it_says_what_waits_what_is_covered_and_how_final_the_books_are() {
    open("bank", "ASSET");
    open("other", "LIABILITY");
    Reply made =
        api.as("admin")
            .postInMain(
                "/sources",
                """
                {"code": "%1$s", "name": "x", "kind": "bank", "settlementDays": 1,
                 "calendar": "TARGET", "timeZone": "UTC", "cutOff": "17:00",
                 "accounts": [{"currency": "EUR", "ledgerAccount": "%1$s:bank"}]}\
                """
                    .formatted(own));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    Reply proposed =
        api.as("operator")
            .postInMain(
                "/adjustments",
                """
                {"reason": "r", "description": "d", "entries": [
                 {"account": "%1$s:bank", "direction": "DEBIT", "amount": {"minorUnits": 5, "currency": "EUR"}},
                 {"account": "%1$s:other", "direction": "CREDIT", "amount": {"minorUnits": 5, "currency": "EUR"}}]}\
                """
                    .formatted(own));
    assertThat(proposed.status()).as(proposed.toString()).isEqualTo(202);

    Reply overview = api.as("auditor").getInMain("/overview");
    assertThat(overview.status()).as(overview.toString()).isEqualTo(200);
    JsonNode approvals = named(overview.json().path("queues"), "name", "approvals");
    assertThat(approvals.path("count").asLong()).isPositive();
    assertThat(approvals.path("oldestAt").asString()).isNotBlank();
    JsonNode coverage = named(overview.json().path("coverage"), "source", own);
    assertThat(coverage.path("account").asString()).isEqualTo(own + ":bank");
    assertThat(coverage.path("coveredThrough").isNull()).isTrue();
    assertThat(coverage.path("lines").asLong()).isZero();
    JsonNode drift = named(overview.json().path("drift"), "source", own);
    assertThat(drift.at("/amount/minorUnits").asLong()).isZero();
    assertThat(overview.json().has("lastSeal")).isTrue();
    assertThat(overview.json().has("watermarkAge")).isTrue();
  }

  // Rows of a ledger that the shared tests do not use, as they would be after days.
  @Test
  void payments_are_counted_by_the_day_they_were_made_and_by_what_became_of_them() {
    Reply made =
        api.as("admin")
            .post(
                "/v1/ledgers",
                "{\"code\": \"%s\", \"name\": \"x\", \"timeZone\": \"UTC\"}".formatted(own));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    int ledger =
        jdbc.sql("SELECT ledger_id FROM accounts.ledger WHERE code = ?")
            .param(own)
            .query(Integer.class)
            .single();
    LocalDate today = Clock.systemUTC().instant().atZone(ZoneOffset.UTC).toLocalDate();
    payment(ledger, today.atStartOfDay(ZoneOffset.UTC).toInstant(), "succeeded");
    payment(ledger, today.atStartOfDay(ZoneOffset.UTC).toInstant().minusMillis(1), "succeeded");
    payment(ledger, today.minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(), "declined");
    payment(
        ledger,
        today.minusDays(13).atStartOfDay(ZoneOffset.UTC).toInstant(),
        "pending_confirmation");
    payment(
        ledger,
        today.minusDays(13).atStartOfDay(ZoneOffset.UTC).toInstant().minusMillis(1),
        "succeeded");

    JsonNode overview = api.as("admin").get("/v1/ledgers/" + own + "/overview").json();
    assertThat(overview.path("paymentsByDay").toString())
        .isEqualTo(
            ("[{\"day\":\"%s\",\"state\":\"pending_confirmation\",\"count\":1},"
                    + "{\"day\":\"%s\",\"state\":\"declined\",\"count\":1},"
                    + "{\"day\":\"%s\",\"state\":\"succeeded\",\"count\":1},"
                    + "{\"day\":\"%s\",\"state\":\"succeeded\",\"count\":1}]")
                .formatted(today.minusDays(13), today.minusDays(1), today.minusDays(1), today));
    JsonNode queue = named(overview.path("queues"), "name", "payments");
    assertThat(queue.path("count").asLong()).isEqualTo(1);
    assertThat(queue.path("amounts").toString())
        .isEqualTo("[{\"minorUnits\":1250,\"currency\":\"EUR\"}]");
  }

  private void payment(int ledger, Instant at, String state) {
    long low = UUID.randomUUID().getLeastSignificantBits();
    UUID id = new UUID((at.toEpochMilli() << 16) | 0x7000L, low);
    jdbc.sql(PAYMENT)
        .param("ledger", ledger)
        .param("id", id)
        .param("key", id.toString())
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("state", state)
        .update();
  }

  private static JsonNode named(JsonNode list, String field, String value) {
    for (JsonNode each : list) {
      if (each.path(field).asString().equals(value)) {
        return each;
      }
    }
    throw new AssertionError("no " + value + " in " + list);
  }

  private void open(String code, String type) {
    Reply made =
        api.as("integrator")
            .postInMain(
                "/accounts",
                "{\"code\": \"%s:%s\", \"name\": \"x\", \"type\": \"%s\", \"currency\": \"EUR\"}"
                    .formatted(own, code, type));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
  }
}
