package io.countersign.server.adjustments;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

@ServerTest
class AdjustmentsTest {

  private final TestApi api;
  private final String run = UUID.randomUUID().toString();
  private final String bank = "bank:" + run;
  private final String wallet = "wallet:" + run;

  AdjustmentsTest(@Value("${local.server.port}") int port) {
    this.api = TestApi.at(port);
  }

  @Test
  void nothing_is_posted_until_somebody_else_approves() {
    openAccounts();

    Reply proposed = propose(700);

    assertThat(proposed.status()).isEqualTo(202);
    assertThat(proposed.text("state")).isEqualTo("pending_approval");
    assertThat(posted(wallet)).isZero();
    Reply approval = approval(proposed);
    assertThat(approval.text("state")).isEqualTo("pending");
    assertThat(approval.text("kind")).isEqualTo("adjustment");
    assertThat(approval.text("proposedBy")).isEqualTo("operator");
    assertThat(approval.text("content.description")).isEqualTo("Put it right");
    assertThat(approval.text("impact.1.account")).isEqualTo(wallet);
    assertThat(approval.text("impact.1.after.minorUnits")).isEqualTo("700");

    Reply approved = approve("approver", proposed);

    assertThat(approved.status()).isEqualTo(200);
    assertThat(approved.text("state")).isEqualTo("approved");
    assertThat(approved.text("decidedBy")).isEqualTo("approver");
    assertThat(approved.text("result.type")).isEqualTo("transaction");
    assertThat(posted(wallet)).isEqualTo(700);
    Reply transaction = api.as("auditor").getInMain("/transactions/" + approved.text("result.id"));
    assertThat(transaction.text("kind")).isEqualTo("adjustment");
    assertThat(transaction.text("proposedBy")).isEqualTo("operator");
    assertThat(transaction.text("decidedBy")).isEqualTo("approver");
    Reply adjustment = adjustment(proposed);
    assertThat(adjustment.text("state")).isEqualTo("approved");
    assertThat(adjustment.text("transactionId")).isEqualTo(approved.text("result.id"));
  }

  @Test
  void nobody_can_approve_their_own_adjustment_under_any_role() {
    openAccounts();
    String both = "both-" + run;
    api.makeUser(both, "OPERATOR", "APPROVER");
    Reply theirs = propose(both, 100);
    Reply operators = propose(100);

    assertThat(approve(both, theirs).status()).isEqualTo(403);
    assertThat(approve(both, theirs).problem()).isEqualTo("self-approval");
    assertThat(reject(both, theirs).problem()).isEqualTo("self-approval");
    assertThat(approve("operator", operators).problem()).isEqualTo("self-approval");
    assertThat(approve("operator", theirs).problem()).isEqualTo("forbidden");
    assertThat(approval(theirs).text("state")).isEqualTo("pending");
    assertThat(posted(wallet)).isZero();
    assertThat(approve(both, operators).status()).isEqualTo(200);
  }

  @Test
  void a_decision_is_final() {
    openAccounts();
    Reply rejected = propose(100);
    Reply withdrawn = propose(100);

    assertThat(reject("approver", rejected).text("state")).isEqualTo("rejected");
    assertThat(approval(rejected).text("comment")).isEqualTo("Not so");
    assertThat(withdraw("approver", withdrawn).problem()).isEqualTo("forbidden");
    assertThat(withdraw("operator", withdrawn).text("state")).isEqualTo("withdrawn");

    for (Reply proposal : List.of(rejected, withdrawn)) {
      Reply late = approve("approver", proposal);
      assertThat(late.status()).isEqualTo(409);
      assertThat(late.problem()).isEqualTo("wrong-state");
      assertThat(late.text("state")).isEqualTo(approval(proposal).text("state"));
    }
    assertThat(adjustment(rejected).text("state")).isEqualTo("rejected");
    assertThat(adjustment(withdrawn).text("state")).isEqualTo("withdrawn");
    assertThat(posted(wallet)).isZero();
  }

  @Test
  void who_saw_another_content_does_not_decide() {
    openAccounts();
    Reply proposed = propose(100);

    Reply refused =
        decide("approver", proposed, "approve", "{\"contentHash\": \"" + "0".repeat(64) + "\"}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("content-changed");
    assertThat(refused.text("changes.0.what")).isEqualTo("contentHash");
    assertThat(approval(proposed).text("state")).isEqualTo("pending");
  }

  @Test
  void a_decider_stays_within_their_limit() {
    openAccounts();
    String small = "small-" + run;
    api.as("admin")
        .post(
            "/v1/users",
            """
            {"username": "%s", "displayName": "S", "password": "long-enough-1",
             "grants": [{"ledger": "main", "roles": ["APPROVER"]}],
             "limits": [{"currency": "EUR", "refundMinorUnits": 0, "approveMinorUnits": 100}]}
            """
                .formatted(small));
    String token =
        api.anonymous()
            .post(
                "/v1/sessions",
                "{\"username\": \"%s\", \"password\": \"long-enough-1\"}".formatted(small))
            .text("token");
    Reply within = propose(100);
    Reply above = propose(101);

    Reply refused = api.withToken(token).postInMain(path(above, "approve"), seen(above));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.problem()).isEqualTo("limit-exceeded");
    assertThat(approval(above).text("state")).isEqualTo("pending");
    assertThat(api.withToken(token).postInMain(path(within, "approve"), seen(within)).status())
        .isEqualTo(200);
  }

  @Test
  void what_the_books_refuse_leaves_the_proposal_pending() {
    openAccounts();
    Reply tooMuch = api.as("operator").postInMain("/adjustments", adjustment(wallet, bank, 500));
    assertThat(tooMuch.status()).as(tooMuch.toString()).isEqualTo(202);

    Reply refused = approve("approver", tooMuch);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("insufficient-funds");
    assertThat(approval(tooMuch).text("state")).isEqualTo("pending");
    assertThat(adjustment(tooMuch).text("state")).isEqualTo("pending_approval");
    approve("approver", propose(500));
    assertThat(approve("approver", tooMuch).status()).isEqualTo(200);
    assertThat(posted(wallet)).isZero();
  }

  @Test
  void what_could_never_be_posted_is_not_proposed() {
    openAccounts();
    TestApi.Calls operator = api.as("operator");

    assertThat(
            operator
                .postInMain("/adjustments", adjustment("wallet:nowhere-" + run, bank, 5))
                .problem())
        .isEqualTo("account-not-found");
    assertThat(operator.postInMain("/adjustments", adjustment(bank, wallet, 0)).problem())
        .isEqualTo("invalid-money");
    assertThat(
            operator
                .postInMain(
                    "/adjustments",
                    adjustment(bank, wallet, 5)
                        .replace("\"entries\"", "\"effectiveOn\": \"2999-01-01\", \"entries\""))
                .problem())
        .isEqualTo("invalid-time");
  }

  @Test
  void of_two_approvers_at_once_one_decides_and_one_transaction_is_posted()
      throws InterruptedException, ExecutionException {
    openAccounts();
    String other = "other-" + run;
    api.makeUser(other, "APPROVER");
    api.as(other);
    api.as("approver");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 1; round <= 100; round++) {
        Reply proposed = propose(1);
        CountDownLatch start = new CountDownLatch(1);
        Future<Reply> one = threads.submit(() -> approveAfter(start, "approver", proposed));
        Future<Reply> two = threads.submit(() -> approveAfter(start, other, proposed));
        start.countDown();

        List<Integer> statuses = List.of(one.get().status(), two.get().status());
        assertThat(statuses).as("round " + round).containsExactlyInAnyOrder(200, 409);
        assertThat(posted(wallet)).isEqualTo(round);
      }
    }
  }

  @Test
  void a_person_reverses_only_with_another() {
    openAccounts();
    Reply transfer =
        api.as("integrator")
            .postInMain(
                "/transfers",
                """
                {"from": "%s", "to": "%s", "description": "Top up",
                 "amount": {"minorUnits": 300, "currency": "EUR"}}
                """
                    .formatted(bank, wallet));
    String path = "/transactions/" + transfer.text("id") + "/reversals";
    String body = "{\"reason\": \"Twice\"}";

    Reply proposed = api.as("operator").postInMain(path, body);

    assertThat(proposed.status()).isEqualTo(202);
    assertThat(api.as("operator").postInMain(path, body).problem()).isEqualTo("already-proposed");
    assertThat(posted(wallet)).isEqualTo(300);
    Reply approved = approve("approver", proposed);
    assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
    assertThat(posted(wallet)).isZero();
    assertThat(
            api.as("auditor").getInMain("/transactions/" + transfer.text("id")).text("reversedBy"))
        .isEqualTo(approved.text("result.id"));
    assertThat(api.as("operator").postInMain(path, body).problem()).isEqualTo("already-reversed");
    assertThat(api.as("integrator").postInMain(path, body).problem()).isEqualTo("already-reversed");
  }

  @Test
  void a_client_reverses_its_transfer_at_once_and_an_adjustment_only_with_a_person() {
    openAccounts();
    Reply adjusted = approve("approver", propose(40));
    Reply transfer =
        api.as("integrator")
            .postInMain(
                "/transfers",
                """
                {"from": "%s", "to": "%s", "description": "Top up",
                 "amount": {"minorUnits": 300, "currency": "EUR"}}
                """
                    .formatted(bank, wallet));
    String body = "{\"reason\": \"Undo\"}";

    Reply atOnce =
        api.as("integrator")
            .postInMain("/transactions/" + transfer.text("id") + "/reversals", body);
    Reply proposal =
        api.as("integrator")
            .postInMain("/transactions/" + adjusted.text("result.id") + "/reversals", body);

    assertThat(atOnce.status()).isEqualTo(201);
    assertThat(atOnce.text("reverses")).isEqualTo(transfer.text("id"));
    assertThat(proposal.status()).isEqualTo(202);
    assertThat(proposal.text("approvalId")).startsWith("apr_");
  }

  @Test
  void proposals_are_listed_by_state_kind_and_proposer_and_counted() {
    openAccounts();
    String proposer = "proposer-" + run;
    api.makeUser(proposer, "OPERATOR");
    Reply first = propose(proposer, 1);
    Reply second = propose(proposer, 2);
    approve("approver", first);

    Reply pending =
        api.as("approver")
            .getInMain("/approvals?state=pending&kind=adjustment&proposedBy=" + proposer);
    Reply all = api.as("auditor").getInMain("/approvals?limit=1&proposedBy=" + proposer);
    Reply rest =
        api.as("auditor")
            .getInMain("/approvals?limit=1&proposedBy=" + proposer + "&after=" + all.text("next"));

    assertThat(pending.text("total")).isEqualTo("1");
    assertThat(pending.text("items.0.id")).isEqualTo(second.text("approvalId"));
    assertThat(all.text("total")).isEqualTo("2");
    assertThat(rest.text("items.0.id")).isEqualTo(first.text("approvalId"));
    assertThat(rest.json().path("next").isNull()).isTrue();
    assertThat(api.as("auditor").getInMain("/approvals?state=maybe").problem())
        .isEqualTo("invalid-request");
    assertThat(api.as("auditor").getInMain("/adjustments?state=approved").body())
        .contains(first.text("id"));
  }

  private Reply approveAfter(CountDownLatch start, String user, Reply proposed)
      throws InterruptedException {
    String body = seen(proposed);
    start.await();
    return decide(user, proposed, "approve", body);
  }

  private void openAccounts() {
    open(bank, "ASSET", "");
    open(wallet, "LIABILITY", ", \"minimumBalance\": 0");
  }

  private void open(String code, String type, String more) {
    Reply opened =
        api.as("integrator")
            .postInMain(
                "/accounts",
                "{\"code\": \"%s\", \"name\": \"A\", \"type\": \"%s\", \"currency\": \"EUR\"%s}"
                    .formatted(code, type, more));
    assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
  }

  private Reply propose(long minorUnits) {
    return propose("operator", minorUnits);
  }

  private Reply propose(String user, long minorUnits) {
    return api.as(user).postInMain("/adjustments", adjustment(bank, wallet, minorUnits));
  }

  private static String adjustment(String debit, String credit, long minorUnits) {
    return """
    {"reason": "It was wrong", "description": "Put it right", "entries": [
      {"account": "%s", "direction": "DEBIT", "amount": {"minorUnits": %d, "currency": "EUR"}},
      {"account": "%s", "direction": "CREDIT", "amount": {"minorUnits": %d, "currency": "EUR"}}]}
    """
        .formatted(debit, minorUnits, credit, minorUnits);
  }

  private Reply approve(String user, Reply proposed) {
    return decide(user, proposed, "approve", seen(proposed));
  }

  private Reply reject(String user, Reply proposed) {
    return decide(user, proposed, "reject", "{\"reason\": \"Not so\"}");
  }

  private Reply withdraw(String user, Reply proposed) {
    return decide(user, proposed, "withdraw", "{}");
  }

  private Reply decide(String user, Reply proposed, String verb, String body) {
    return api.as(user).postInMain(path(proposed, verb), body);
  }

  private static String path(Reply proposed, String verb) {
    return "/approvals/" + proposed.text("approvalId") + "/" + verb;
  }

  private String seen(Reply proposed) {
    return "{\"contentHash\": \"" + approval(proposed).text("contentHash") + "\"}";
  }

  private Reply approval(Reply proposed) {
    return api.as("auditor").getInMain("/approvals/" + proposed.text("approvalId"));
  }

  private Reply adjustment(Reply proposed) {
    return api.as("auditor").getInMain("/adjustments/" + proposed.text("id"));
  }

  private long posted(String account) {
    return api.as("auditor")
        .getInMain("/accounts/" + account + "/balance")
        .json()
        .path("posted")
        .asLong();
  }
}
