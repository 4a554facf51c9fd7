package io.countersign.server.adjustments;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

/// In a ledger of its own: the others post into past months of `main`.
@ServerTest
class PeriodsHttpTest {

  private static final String PASSWORD = "long-enough-1";

  private final TestApi api;
  private final String ledger = "p" + UUID.randomUUID().toString().substring(0, 8);
  private final String base = "/v1/ledgers/" + ledger;
  private final YearMonth current = YearMonth.from(LocalDate.now(java.time.Clock.systemUTC()));
  private final YearMonth last = current.minusMonths(1);

  PeriodsHttpTest(@Value("${local.server.port}") int port) {
    this.api = TestApi.at(port);
  }

  @BeforeEach
  void open_a_ledger_with_a_transaction_last_month() {
    Reply made =
        api.as("admin")
            .post(
                "/v1/ledgers",
                "{\"code\": \"%s\", \"name\": \"P\", \"timeZone\": \"%s\"}"
                    .formatted(ledger, ZoneOffset.UTC));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    for (String role : new String[] {"INTEGRATOR", "APPROVER"}) {
      api.as("admin")
          .post(
              "/v1/users",
              """
              {"username": "%s", "displayName": "P", "password": "%s",
               "grants": [{"ledger": "%s", "roles": ["%s"]}], "limits": []}
              """
                  .formatted(name(role), PASSWORD, ledger, role));
    }
    for (String account :
        new String[] {"bank\", \"type\": \"ASSET", "w\", \"type\": \"LIABILITY"}) {
      Reply opened =
          as("INTEGRATOR")
              .post(
                  base + "/accounts",
                  "{\"code\": \"%s\", \"name\": \"n\", \"currency\": \"EUR\"}".formatted(account));
      assertThat(opened.status()).as(opened.body()).isEqualTo(201);
    }
    assertThat(post(last.atDay(10)).status()).isEqualTo(201);
  }

  @Test
  void a_month_closes_and_reopens_when_somebody_else_agrees() {
    Reply open = as("APPROVER").get(base + "/periods");
    assertThat(open.text("items.0.period")).isEqualTo(last.toString());
    assertThat(open.text("items.0.state")).isEqualTo("open");
    assertThat(close(current).problem()).isEqualTo("invalid-time");
    assertThat(reopen(last).problem()).isEqualTo("wrong-state");

    Reply closed = close(last);
    assertThat(closed.status()).as(closed.body()).isEqualTo(200);
    assertThat(closed.text("period")).isEqualTo(last.toString());
    assertThat(closed.text("state")).isEqualTo("closed");
    assertThat(close(last).problem()).isEqualTo("wrong-state");
    Reply refused = post(last.atEndOfMonth());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("period-closed");
    assertThat(post(current.atDay(1)).status()).isEqualTo(201);

    Reply proposed = reopen(last);
    assertThat(proposed.status()).as(proposed.body()).isEqualTo(202);
    assertThat(reopen(last).problem()).isEqualTo("already-proposed");
    String path = base + "/approvals/" + proposed.text("approvalId");
    Reply approval = as("APPROVER").get(path);
    assertThat(approval.text("kind")).isEqualTo("period_reopen");
    assertThat(approval.text("content.period")).isEqualTo(last.toString());
    assertThat(post(last.atEndOfMonth()).problem()).isEqualTo("period-closed");
    Reply approved =
        as("APPROVER")
            .post(
                path + "/approve",
                "{\"contentHash\": \"%s\"}".formatted(approval.text("contentHash")));
    assertThat(approved.status()).as(approved.body()).isEqualTo(200);
    assertThat(approved.text("result.type")).isEqualTo("period");
    assertThat(approved.text("result.id")).isEqualTo(last.toString());
    assertThat(post(last.atEndOfMonth()).status()).isEqualTo(201);
    assertThat(as("APPROVER").get(base + "/periods").text("items.0.state")).isEqualTo("open");
  }

  @Test
  void what_is_no_month_is_not_there_and_no_proposal_outlives_a_change() {
    assertThat(as("ADMIN").post(base + "/periods/2026-13/close", "{}").problem())
        .isEqualTo("not-found");
    assertThat(as("APPROVER").post(base + "/periods/" + last + "/close", "{}").problem())
        .isEqualTo("forbidden");
    assertThat(close(last.minusMonths(1)).status()).as("before all books").isEqualTo(200);
    Reply proposed = reopen(last.minusMonths(1));
    assertThat(proposed.status()).isEqualTo(202);
    assertThat(close(last).status()).isEqualTo(200);
    assertThat(reopen(last.minusMonths(1)).problem()).isEqualTo("invalid-time");
    String path = base + "/approvals/" + proposed.text("approvalId");
    Reply late =
        as("APPROVER")
            .post(
                path + "/approve",
                "{\"contentHash\": \"%s\"}"
                    .formatted(as("APPROVER").get(path).text("contentHash")));
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.problem()).isEqualTo("content-changed");
    assertThat(late.text("changes.0.what")).isEqualTo("closed through");
  }

  private Reply close(YearMonth month) {
    return as("ADMIN").post(base + "/periods/" + month + "/close", "{}");
  }

  private Reply reopen(YearMonth month) {
    return as("ADMIN")
        .post(base + "/periods/" + month + "/reopen", "{\"reason\": \"a late invoice\"}");
  }

  private Reply post(LocalDate effectiveOn) {
    return as("INTEGRATOR")
        .post(
            base + "/transfers",
            """
            {"from": "bank", "to": "w", "description": "d", "effectiveOn": "%s",
             "amount": {"minorUnits": 5, "currency": "EUR"}}
            """
                .formatted(effectiveOn));
  }

  // A second administrator would make every change of users on this server a proposal.
  private TestApi.Calls as(String role) {
    if (role.equals("ADMIN")) {
      return api.as("admin");
    }
    Reply session =
        api.anonymous()
            .post(
                "/v1/sessions",
                "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(name(role), PASSWORD));
    assertThat(session.status()).as(session.body()).isEqualTo(201);
    return api.withToken(session.text("token"));
  }

  private String name(String role) {
    return role.toLowerCase(java.util.Locale.ROOT) + "-" + ledger;
  }
}
