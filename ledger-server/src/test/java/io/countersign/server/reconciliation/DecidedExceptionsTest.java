package io.countersign.server.reconciliation;

import static io.countersign.server.reconciliation.Desk.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Exceptions that need a second person: written off, adjusted, dismissed above a limit.
@ServerTest
class DecidedExceptionsTest {

  private final int port;
  private final JdbcClient jdbc;
  private Desk desk;
  private String losses = "";

  DecidedExceptionsTest(@Value("${local.server.port}") int port, @Autowired JdbcClient jdbc) {
    this.port = port;
    this.jdbc = jdbc;
    this.desk = Desk.at(port);
  }

  @BeforeEach
  void a_desk_of_its_own() {
    desk = Desk.at(port);
    losses = "losses:" + UUID.randomUUID();
    Reply made =
        desk.api
            .as("integrator")
            .postInMain(
                "/accounts",
                "{\"code\": \"%s\", \"name\": \"x\", \"type\": \"EXPENSE\", \"currency\": \"EUR\"}"
                    .formatted(losses));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
  }

  private JsonNode only(String category) {
    List<JsonNode> found = desk.exceptions("&category=" + category);
    assertThat(found).as(category).hasSize(1);
    return found.getFirst();
  }

  private JsonNode missingInLedger(long minorUnits) {
    desk.upload(desk.statement(0, line(minorUnits, "LOST-1")));
    desk.run();
    return only("missing_in_ledger");
  }

  private Reply writeOff(JsonNode exception) {
    return desk.act(
        "operator",
        exception,
        "write-off",
        "{\"account\": \"%s\", \"reason\": \"not worth asking\"}".formatted(losses));
  }

  private Reply adjust(JsonNode exception, long minorUnits) {
    boolean in = minorUnits > 0;
    String entry =
        "{\"account\": \"%s\", \"direction\": \"%s\", \"amount\": {\"minorUnits\": %d,"
            + " \"currency\": \"EUR\"}}";
    return desk.act(
        "operator",
        exception,
        "adjust",
        "{\"reason\": \"booked late\", \"entries\": [%s, %s]}"
            .formatted(
                entry.formatted(desk.bank, in ? "DEBIT" : "CREDIT", Math.abs(minorUnits)),
                entry.formatted(losses, in ? "CREDIT" : "DEBIT", Math.abs(minorUnits))));
  }

  private Reply decide(TestApi.Calls who, String approval, String action, String body) {
    return who.postInMain("/approvals/" + approval + "/" + action, body);
  }

  private Reply approve(Reply proposed) {
    return approve("approver", proposed);
  }

  private Reply approve(String who, Reply proposed) {
    return decide(desk.api.as(who), proposed.text("approvalId"), "approve", seen(proposed));
  }

  private String seen(Reply proposed) {
    String hash =
        desk.get("/approvals/" + proposed.text("approvalId")).path("contentHash").asString();
    return "{\"contentHash\": \"" + hash + "\"}";
  }

  private JsonNode now(JsonNode exception) {
    return desk.get("/exceptions/" + exception.path("id").asString());
  }

  private static String state(JsonNode exception) {
    return exception.path("state").asString();
  }

  private long posted(String account) {
    return desk.get("/accounts/" + account + "/balance").path("posted").asLong();
  }

  @Test
  void a_write_off_posts_matches_and_resolves_in_the_commit_of_its_approval() {
    JsonNode exception = missingInLedger(-250);
    Reply proposed = writeOff(exception);

    assertThat(proposed.status()).as(proposed.toString()).isEqualTo(202);
    assertThat(proposed.text("state")).isEqualTo("awaiting_approval");
    assertThat(proposed.text("assignee")).isEqualTo("operator");
    assertThat(posted(losses)).isZero();
    JsonNode approval = desk.get("/approvals/" + proposed.text("approvalId"));
    assertThat(approval.path("kind").asString()).isEqualTo("write_off");
    assertThat(approval.path("relatesTo").path("id").asString())
        .isEqualTo(exception.path("id").asString());
    assertThat(approval.path("impact").findValuesAsString("account"))
        .containsExactlyInAnyOrder(desk.bank, losses);

    Reply approved = approve(proposed);

    assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
    assertThat(posted(losses)).isEqualTo(250);
    assertThat(posted(desk.bank)).isEqualTo(-250);
    JsonNode resolved = now(exception);
    assertThat(state(resolved)).isEqualTo("resolved");
    assertThat(resolved.path("approvalId").isNull()).isTrue();
    assertThat(resolved.path("resolution").path("type").asString()).isEqualTo("write_off");
    String transaction = approved.text("result.id");
    assertThat(resolved.path("resolution").path("transactionId").asString()).isEqualTo(transaction);
    assertThat(desk.get("/transactions/" + transaction).path("kind").asString())
        .isEqualTo("write_off");
    JsonNode match = Desk.items(desk.get("/matches?transaction=" + transaction)).getFirst();
    assertThat(match.path("rule").asString()).isEqualTo("write_off");
    assertThat(match.path("lines").path(0)).isEqualTo(exception.path("lines").path(0));
    assertThat(desk.run().path("exceptions").asInt()).isZero();
    assertThat(told(exception))
        .containsExactly("exception.opened open", "exception.resolved resolved");
  }

  @Test
  void a_write_off_of_a_mismatch_posts_the_difference_alone() {
    desk.post(700, "DIFF-1", 1);
    desk.upload(desk.statement(0, line(650, "DIFF-1")));
    desk.run();
    JsonNode exception = only("amount_mismatch");

    assertThat(approve(writeOff(exception)).status()).isEqualTo(200);

    assertThat(posted(losses)).isEqualTo(50);
    assertThat(posted(desk.bank)).isEqualTo(650);
    assertThat(state(now(exception))).isEqualTo("resolved");
    assertThat(desk.run().path("exceptions").asInt()).isZero();
  }

  @Test
  void what_the_bank_never_showed_is_taken_back_by_a_write_off() {
    desk.post(900, "STALE-1", 10);
    desk.run();
    JsonNode exception = only("missing_in_statement");

    assertThat(approve(writeOff(exception)).status()).isEqualTo(200);

    assertThat(posted(desk.bank)).isZero();
    assertThat(posted(losses)).isEqualTo(900);
    assertThat(desk.run().path("exceptions").asInt()).isZero();
  }

  @Test
  void an_adjustment_has_to_make_up_for_the_difference() {
    JsonNode exception = missingInLedger(300);

    Reply refused = adjust(exception, 200);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("match-does-not-balance");
    assertThat(refused.json().path("difference").path("minorUnits").asLong()).isEqualTo(100);
    assertThat(state(now(exception))).isEqualTo("open");

    Reply proposed = adjust(exception, 300);
    assertThat(proposed.status()).as(proposed.toString()).isEqualTo(202);
    assertThat(desk.get("/approvals/" + proposed.text("approvalId")).path("kind").asString())
        .isEqualTo("adjustment");
    Reply approved = approve(proposed);
    assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
    assertThat(posted(desk.bank)).isEqualTo(300);
    assertThat(now(exception).path("resolution").path("type").asString()).isEqualTo("adjustment");
    assertThat(desk.run().path("exceptions").asInt()).isZero();
  }

  @Test
  void a_dismissal_above_the_limit_takes_two() {
    JsonNode exception = missingInLedger(100_001);
    Reply proposed = desk.act("operator", exception, "dismiss", "{\"reason\": \"known\"}");

    assertThat(proposed.status()).as(proposed.toString()).isEqualTo(202);
    assertThat(state(now(exception))).isEqualTo("awaiting_approval");
    assertThat(approve("operator", proposed).problem()).isEqualTo("self-approval");
    Reply approved = approve(proposed);
    assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
    assertThat(now(exception).path("resolution").path("type").asString()).isEqualTo("dismissal");
    assertThat(desk.run().path("exceptions").asInt()).isZero();

    JsonNode small = missingInLedgerAfter(100_001, 100_000);
    assertThat(desk.act("operator", small, "dismiss", "{\"reason\": \"known\"}").status())
        .isEqualTo(200);
  }

  private JsonNode missingInLedgerAfter(long opening, long minorUnits) {
    desk.upload(desk.statement(opening, line(minorUnits, "LOST-2")));
    desk.run();
    return desk.exceptions("&state=open").getFirst();
  }

  @Test
  void what_is_not_approved_goes_back_to_who_proposed_and_can_be_proposed_again() {
    JsonNode exception = missingInLedger(-250);
    Reply rejected = writeOff(exception);
    assertThat(writeOff(exception).problem()).isEqualTo("wrong-state");
    assertThat(desk.act("operator", exception, "assign", "{\"assignee\": \"dana\"}").problem())
        .isEqualTo("wrong-state");

    decide(
        desk.api.as("approver"),
        rejected.text("approvalId"),
        "reject",
        "{\"reason\": \"ask the bank\"}");
    assertThat(state(now(exception))).isEqualTo("assigned");
    assertThat(now(exception).path("assignee").asString()).isEqualTo("operator");

    Reply withdrawn = writeOff(exception);
    decide(desk.api.as("operator"), withdrawn.text("approvalId"), "withdraw", "{}");
    assertThat(state(now(exception))).isEqualTo("assigned");
    assertThat(now(exception).path("history").findValuesAsString("type"))
        .containsExactly("opened", "assigned", "proposed", "rejected", "proposed", "withdrawn");
    assertThat(posted(losses)).isZero();
    assertThat(approve(writeOff(exception)).status()).isEqualTo(200);
  }

  @Test
  void what_comes_late_supersedes_the_proposal() {
    JsonNode exception = missingInLedger(-250);
    Reply proposed = writeOff(exception);
    desk.post(-250, "LOST-1", 1);
    desk.run();

    assertThat(desk.get("/approvals/" + proposed.text("approvalId")).path("state").asString())
        .as(now(exception).toString())
        .isEqualTo("superseded");
    assertThat(state(now(exception))).isEqualTo("resolved");
    assertThat(now(exception).path("resolution").path("type").asString()).isEqualTo("late_entry");
    assertThat(approve(proposed).problem()).isEqualTo("wrong-state");
    assertThat(posted(losses)).isZero();
  }

  @Test
  void what_moved_since_the_proposal_is_named_and_nothing_is_posted() {
    desk.post(700, "DIFF-1", 1);
    desk.upload(desk.statement(0, line(650, "DIFF-1"), line(700, "OTHER-1")));
    desk.run();
    JsonNode mismatch = only("amount_mismatch");
    Reply proposed = writeOff(mismatch);
    Reply matched =
        desk.act(
            "operator",
            only("missing_in_ledger"),
            "match",
            "{\"lines\": [%s], \"transactions\": [%s], \"reason\": \"this one\"}"
                .formatted(
                    only("missing_in_ledger").path("lines").path(0),
                    mismatch.path("transactions").path(0)));
    assertThat(matched.status()).as(matched.toString()).isEqualTo(200);

    Reply refused = approve(proposed);

    assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("content-changed");
    assertThat(refused.json().path("changes").findValuesAsString("what"))
        .contains(mismatch.path("transactions").path(0).asString());
    assertThat(posted(losses)).isZero();
    assertThat(state(now(mismatch))).isEqualTo("awaiting_approval");
  }

  @Test
  void a_decider_stays_within_their_limit() {
    JsonNode exception = missingInLedger(-250);
    Reply proposed = writeOff(exception);
    String small = "small-" + UUID.randomUUID();
    desk.api
        .as("admin")
        .post(
            "/v1/users",
            """
            {"username": "%s", "displayName": "S", "password": "long-enough-1",
             "grants": [{"ledger": "main", "roles": ["APPROVER"]}],
             "limits": [{"currency": "EUR", "refundMinorUnits": 0, "approveMinorUnits": 249}]}
            """
                .formatted(small));
    String token =
        desk.api
            .anonymous()
            .post(
                "/v1/sessions",
                "{\"username\": \"%s\", \"password\": \"long-enough-1\"}".formatted(small))
            .text("token");

    Reply refused =
        decide(desk.api.withToken(token), proposed.text("approvalId"), "approve", seen(proposed));

    assertThat(refused.problem()).isEqualTo("limit-exceeded");
    assertThat(state(now(exception))).isEqualTo("awaiting_approval");
  }

  @Test
  void reopening_leaves_the_posting_and_does_not_let_it_be_made_twice() {
    JsonNode exception = missingInLedger(-250);
    String transaction = approve(writeOff(exception)).text("result.id");
    Reply reopened = desk.act("operator", exception, "reopen", "{\"reason\": \"they called\"}");

    assertThat(reopened.text("state")).as(reopened.toString()).isEqualTo("open");
    assertThat(posted(losses)).isEqualTo(250);
    List<String> types = reopened.json().path("history").findValuesAsString("type");
    assertThat(types).endsWith("reopened", "posting_stays");
    desk.run();
    Reply again = writeOff(exception);
    assertThat(again.problem()).isEqualTo("wrong-state");
    assertThat(again.text("detail")).contains(transaction);

    Reply matched =
        desk.act(
            "operator",
            exception,
            "match",
            "{\"lines\": [%s], \"transactions\": [\"%s\"], \"reason\": \"as before\"}"
                .formatted(exception.path("lines").path(0), transaction));
    assertThat(matched.text("state")).as(matched.toString()).isEqualTo("resolved");
  }

  @Test
  void after_its_reversal_a_write_off_can_be_made_again() {
    JsonNode exception = missingInLedger(-250);
    String transaction = approve(writeOff(exception)).text("result.id");
    desk.act("operator", exception, "reopen", "{\"reason\": \"wrong account\"}");
    Reply reversal =
        desk.api
            .as("operator")
            .postInMain(
                "/transactions/" + transaction + "/reversals", "{\"reason\": \"wrong account\"}");
    assertThat(reversal.status()).as(reversal.toString()).isEqualTo(202);
    assertThat(approve(reversal).status()).isEqualTo(200);

    Reply second = approve(writeOff(exception));

    assertThat(second.status()).as(second.toString()).isEqualTo(200);
    assertThat(posted(losses)).isEqualTo(250);
  }

  @Test
  void a_bulk_proposes_each_write_off_and_each_dismissal_above_the_limit() {
    desk.upload(desk.statement(0, line(300, "LOST-1"), line(400, "LOST-2"), line(200_000, "BIG")));
    desk.run();
    List<JsonNode> open = desk.exceptions("&sort=amount");
    Reply bulk =
        desk.api
            .as("operator")
            .postInMain(
                "/exceptions/bulk",
                "{\"action\": \"write-off\", \"ids\": [%s, %s], \"account\": \"%s\", \"reason\": \"x\"}"
                    .formatted(open.get(1).path("id"), open.get(2).path("id"), losses));
    assertThat(bulk.json().path("results").findValuesAsString("status"))
        .as(bulk.toString())
        .containsExactly("202", "202");
    Reply dismissed =
        desk.api
            .as("operator")
            .postInMain(
                "/exceptions/bulk",
                "{\"action\": \"dismiss\", \"ids\": [%s], \"reason\": \"x\"}"
                    .formatted(open.getFirst().path("id")));
    assertThat(dismissed.json().path("results").findValuesAsString("status"))
        .containsExactly("202");
    assertThat(desk.exceptions("&state=awaiting_approval")).hasSize(3);
  }

  @Test
  void nothing_is_written_off_where_nothing_differs_or_onto_itself() {
    JsonNode exception = missingInLedger(-250);
    Reply itself =
        desk.act(
            "operator",
            exception,
            "write-off",
            "{\"account\": \"%s\", \"reason\": \"x\"}".formatted(desk.bank));
    assertThat(itself.problem()).isEqualTo("invalid-request");
    Reply unknown =
        desk.act(
            "operator", exception, "write-off", "{\"account\": \"nowhere\", \"reason\": \"x\"}");
    assertThat(unknown.problem()).isEqualTo("account-not-found");
    assertThat(state(now(exception))).isEqualTo("open");
  }

  @Test
  void of_an_approval_and_a_run_that_explains_the_same_exactly_one_comes_first() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 5; round++) {
        a_desk_of_its_own();
        JsonNode exception = missingInLedger(-250);
        Reply proposed = writeOff(exception);
        String body = seen(proposed);
        desk.post(-250, "LOST-1", 1);
        CyclicBarrier start = new CyclicBarrier(2);
        List<Callable<Integer>> both =
            List.of(
                () -> {
                  start.await();
                  return decide(
                          desk.api.as("approver"), proposed.text("approvalId"), "approve", body)
                      .status();
                },
                () -> {
                  start.await();
                  desk.run();
                  return 200;
                });
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> each : threads.invokeAll(both)) {
          statuses.add(each.get());
        }
        JsonNode ended = now(exception);
        boolean approved = statuses.getFirst() == 200;
        assertThat(statuses.getFirst()).isIn(200, 409);
        assertThat(state(ended)).isEqualTo("resolved");
        assertThat(ended.path("resolution").path("type").asString())
            .isEqualTo(approved ? "write_off" : "late_entry");
        assertThat(posted(losses)).isEqualTo(approved ? 250 : 0);
      }
    }
  }

  private List<String> told(JsonNode exception) {
    return jdbc.sql(
            """
            SELECT type || ' ' || (data->>'state') FROM outbox.event
            WHERE subject = ? ORDER BY number
            """)
        .param(exception.path("id").asString())
        .query(String.class)
        .list();
  }
}
