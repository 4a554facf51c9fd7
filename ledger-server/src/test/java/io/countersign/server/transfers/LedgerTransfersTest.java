package io.countersign.server.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.countersign.model.id.SagaId;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.sagas.OutsideWork;
import io.countersign.server.sagas.SagaRun;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class LedgerTransfersTest extends TransfersServer {

  @Autowired Ledgers ledgers;
  @Autowired LedgerTransferSaga definition;
  @Autowired Scheduler scheduler;
  @Autowired JdbcClient jdbc;

  @Test
  void money_leaves_one_ledger_and_arrives_in_the_other_through_clearing_accounts() {
    Reply sent = send(400);
    assertThat(sent.status()).as("%s", sent).isEqualTo(202);
    assertThat(posted("main", wallet)).isEqualTo(600);
    Reply done = awaitSaga(sent.text("sagaId"), "done");
    assertThat(done.text("kind")).isEqualTo("transfer");
    assertThat(done.json().path("steps").findValuesAsString("name"))
        .containsExactly("take", "post in the other ledger");
    assertThat(posted(branch, wallet)).isEqualTo(400);
    assertThat(posted("main", "clearing:" + branch + ":eur")).isEqualTo(400);
    assertThat(posted(branch, "clearing:main:eur")).isEqualTo(-400);
    Reply arrived = mover.get("/v1/ledgers/" + branch + "/transactions?account=" + wallet);
    assertThat(arrived.text("items.0.relatesTo.type")).isEqualTo("saga");
    assertThat(arrived.text("items.0.relatesTo.id")).isEqualTo(sent.text("sagaId"));
    assertThat(arrived.text("items.0.description")).isEqualTo("to the branch");
    assertThat(arrived.text("items.0.recordedBy")).isEqualTo("mover-" + tag);
    for (String ledger : List.of("main", branch)) {
      Reply trial = mover.get("/v1/ledgers/" + ledger + "/trial-balance");
      assertThat(trial.text("totals.0.debit")).isEqualTo(trial.text("totals.0.credit"));
    }
  }

  @Test
  void an_api_key_that_is_for_both_ledgers_sends_and_one_that_is_not_does_not() {
    Reply key =
        api()
            .as("admin")
            .post(
                "/v1/api-keys",
                """
                {"name": "client-%s", "ledger": "main", "roles": ["INTEGRATOR"],
                 "otherGrants": [{"ledger": "%s", "roles": ["INTEGRATOR"]}]}
                """
                    .formatted(tag, branch));
    made(key);
    TestApi.Calls client = api().withToken(key.text("secret"));
    Reply sent = client.post("/v1/transfers", body(300));
    assertThat(sent.status()).as("%s", sent).isEqualTo(202);
    awaitSaga(sent.text("sagaId"), "done");
    assertThat(posted(branch, wallet)).isEqualTo(300);

    Reply reader =
        api()
            .as("admin")
            .patch(
                "/v1/api-keys/" + key.text("id"),
                "{\"otherGrants\": [{\"ledger\": \"%s\", \"roles\": [\"AUDITOR\"]}]}"
                    .formatted(branch));
    assertThat(reader.status()).as("%s", reader).isEqualTo(200);
    assertThat(client.post("/v1/transfers", body(300)).problem()).isEqualTo("forbidden");
    assertThat(posted("main", wallet)).isEqualTo(700);
  }

  @Test
  void the_same_key_sends_once_and_is_answered_alike() {
    TestApi.Calls keyed = mover.withKey("once-" + tag);
    Reply first = keyed.post("/v1/transfers", body(100));
    awaitSaga(first.text("sagaId"), "done");
    freeze(branch, wallet, "freeze");
    Reply again = keyed.post("/v1/transfers", body(100));
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(keyed.post("/v1/transfers", body(101)).problem())
        .isEqualTo("idempotency-key-reused");
    assertThat(posted("main", wallet)).isEqualTo(900);
  }

  @Test
  void what_either_of_the_books_refuses_is_refused_at_once_and_nothing_moves() {
    Reply poor = send(1001);
    assertThat(poor.status()).isEqualTo(422);
    assertThat(poor.problem()).isEqualTo("insufficient-funds");
    assertThat(poor.text("available")).isEqualTo("1000");
    problem(body("main", "nobody:here", branch, wallet, 1), 404, "account-not-found");
    problem(body("main", wallet, branch, "nobody:here", 1), 404, "account-not-found");
    problem(body("main", wallet, "main", bank, 1), 422, "same-ledger");
    problem(body("main", bank, branch, bank, 1), 422, "ambiguous-transfer");
    problem(body(0), 422, "invalid-money");
    problem(body(1).replace("EUR", "USD"), 422, "currency-mismatch");
    problem(body(1).replace("to the branch", " "), 400, "invalid-request");
    problem(body(1).replace("\"from\"", "\"form\""), 400, "invalid-request");
    freeze("main", wallet, "freeze");
    problem(body(1), 422, "account-frozen");
    freeze("main", wallet, "unfreeze");
    freeze(branch, wallet, "freeze");
    problem(body(1), 422, "account-frozen");
    assertThat(posted("main", wallet)).isEqualTo(1000);
    assertThat(transactions("main", wallet)).isEqualTo(1);
    assertThat(sagas()).isZero();
  }

  @Test
  void it_takes_the_role_on_both_ledgers_and_to_see_them() {
    TestApi.Calls oneLedger = api().as("integrator");
    Reply unseen = oneLedger.post("/v1/transfers", body(1));
    assertThat(unseen.status()).as("%s", unseen).isEqualTo(404);
    assertThat(oneLedger.post("/v1/transfers", body(branch, wallet, "main", wallet, 1)).status())
        .isEqualTo(404);
    TestApi.Calls reader = person("reader-" + tag, "INTEGRATOR", "AUDITOR");
    assertThat(reader.post("/v1/transfers", body(1)).status()).isEqualTo(403);
    assertThat(reader.post("/v1/transfers", body(branch, wallet, "main", wallet, 1)).status())
        .isEqualTo(403);
    problem(body("main", wallet, "nowhere-" + tag, wallet, 1), 404, "not-found");
    assertThat(posted("main", wallet)).isEqualTo(1000);
  }

  @Test
  void what_the_other_ledger_refuses_meanwhile_is_given_back() {
    String id = startedThenFrozen(branch);
    Reply undone = awaitSaga(id, "undone");
    assertThat(undone.text("steps.0.state")).isEqualTo("undone");
    assertThat(undone.text("steps.1.state")).isEqualTo("refused");
    assertThat(undone.text("steps.1.lastError")).startsWith("account-frozen in ledger " + branch);
    assertThat(posted("main", wallet)).isEqualTo(1000);
    assertThat(posted("main", "clearing:" + branch + ":eur")).isZero();
    assertThat(posted(branch, wallet)).isZero();
    Reply back = mover.getInMain("/transactions?account=" + wallet + "&kind=reversal");
    assertThat(back.text("items.0.description")).isEqualTo("Given back: to the branch");
    assertThat(back.text("items.0.reverses")).startsWith("txn_");
  }

  @Test
  void what_cannot_be_given_back_either_is_stuck_until_it_can_and_somebody_says_so() {
    String id = startedThenFrozen(branch, "main");
    Reply stuck = awaitSaga(id, "stuck");
    assertThat(stuck.text("steps.0.state")).isEqualTo("stuck");
    assertThat(stuck.text("steps.0.lastError")).startsWith("account-frozen");
    assertThat(stuck.json().path("steps").path(0).path("attempts").asInt()).isPositive();
    assertThat(mover.getInMain("/sagas?state=stuck").body()).contains(id);
    assertThat(posted("main", wallet)).isEqualTo(700);
    assertThat(posted("main", "clearing:" + branch + ":eur")).isEqualTo(300);

    freeze("main", wallet, "unfreeze");
    freeze(branch, wallet, "unfreeze");
    Reply retried = api().as("operator").postInMain("/sagas/" + id + "/retry", "{}");
    assertThat(retried.status()).as("%s", retried).isEqualTo(202);
    awaitSaga(id, "undone");
    assertThat(posted("main", wallet)).isEqualTo(1000);
    assertThat(posted(branch, wallet)).as("a refusal is final").isZero();
  }

  @Test
  void a_leg_is_not_undone_alone() {
    Reply sent = send(10);
    awaitSaga(sent.text("sagaId"), "done");
    Reply legs = mover.getInMain("/transactions?account=" + wallet + "&kind=transfer");
    Reply reversed =
        mover.postInMain(
            "/transactions/" + legs.text("items.0.id") + "/reversals", "{\"reason\": \"no\"}");
    assertThat(reversed.status()).isEqualTo(422);
    assertThat(reversed.problem()).isEqualTo("not-reversible");
  }

  @Test
  void a_transfer_that_is_decided_by_several_servers_at_once_arrives_once() throws Exception {
    for (int race = 0; race < 25; race++) {
      String id = send(10).text("sagaId");
      SagaId sagaId = SagaId.parse(id);
      int main = ledgers.find("main").orElseThrow().id();
      SagaRun run = new SagaRun(main, sagaId, LedgerTransferSaga.relation(sagaId), 0);
      OutsideWork arrive = (OutsideWork) definition.definition().steps().get(1).work();
      atOnce(3, () -> arrive.call(run));
      awaitSaga(id, "done");
    }
    assertThat(posted(branch, wallet)).isEqualTo(250);
    assertThat(transactions(branch, wallet)).isEqualTo(25);
  }

  @Test
  void many_at_once_never_take_more_than_there_is() throws Exception {
    List<Reply> replies = atOnce(20, () -> send(100));
    List<String> sent =
        replies.stream()
            .filter(reply -> reply.status() == 202)
            .map(reply -> reply.text("sagaId"))
            .toList();
    assertThat(sent).hasSize(10);
    assertThat(replies)
        .filteredOn(reply -> reply.status() != 202)
        .allMatch(reply -> reply.problem().equals("insufficient-funds"));
    sent.forEach(id -> awaitSaga(id, "done"));
    assertThat(posted("main", wallet)).isZero();
    assertThat(posted(branch, wallet)).isEqualTo(1000);
  }

  /// No database transaction writes rows of two ledgers: what lets them lie on two machines. Each
  /// row tells the transaction that wrote it.
  @Test
  void no_database_transaction_writes_in_two_ledgers() {
    awaitSaga(send(10).text("sagaId"), "done");
    awaitSaga(startedThenFrozen(branch), "undone");
    Set<String> pairs = new HashSet<>();
    for (String table :
        List.of(
            "transfers.departure",
            "transfers.arrival",
            "journal.transaction",
            "sagas.saga",
            "sagas.step_log",
            "idempotency.key",
            "audit.record",
            "accounts.account")) {
      pairs.addAll(
          jdbc.sql(
                  "SELECT DISTINCT xmin::text || ' ' || ledger_id FROM "
                      + table
                      + " WHERE ledger_id <> 0")
              .query(String.class)
              .list());
    }
    assertThat(pairs.stream().map(pair -> pair.split(" ", 2)[0]).toList())
        .as("transactions and the ledgers they wrote in: %s", pairs)
        .doesNotHaveDuplicates();
  }

  /// Frozen before any server takes the saga up.
  private String startedThenFrozen(String... frozen) {
    scheduler.pause();
    try {
      // What it was fetching it has fetched by then.
      LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
      Reply sent = send(300);
      assertThat(sent.status()).as("%s", sent).isEqualTo(202);
      for (String ledger : frozen) {
        freeze(ledger, wallet, "freeze");
      }
      return sent.text("sagaId");
    } finally {
      scheduler.resume();
    }
  }

  private void problem(String body, int status, String slug) {
    Reply refused = mover.post("/v1/transfers", body);
    assertThat(refused.status()).as("%s to %s", refused, body).isEqualTo(status);
    assertThat(refused.problem()).as("%s to %s", refused, body).isEqualTo(slug);
  }

  private long sagas() {
    return jdbc.sql("SELECT count(*) FROM transfers.departure WHERE account = ?")
        .param(wallet)
        .query(Long.class)
        .single();
  }

  private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
    CyclicBarrier start = new CyclicBarrier(times);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
