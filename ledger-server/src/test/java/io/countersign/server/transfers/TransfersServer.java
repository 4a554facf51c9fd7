package io.countersign.server.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/// A whole server with a second ledger for each test, and an API client's person who may use both.
@ServerTest
@TestPropertySource(properties = "db-scheduler.polling-interval=100ms")
abstract class TransfersServer {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Value("${local.server.port}")
  int port;

  final String tag = UUID.randomUUID().toString().substring(0, 8);
  final String branch = "branch-" + tag;
  final String wallet = "wallet:" + tag;
  final String bank = "bank:" + tag;
  TestApi.Calls mover;

  @BeforeEach
  void openLedgers() {
    made(
        api()
            .as("admin")
            .post(
                "/v1/ledgers",
                "{\"code\": \"%s\", \"name\": \"A branch\", \"timeZone\": \"UTC\"}"
                    .formatted(branch)));
    mover = person("mover-" + tag, "INTEGRATOR", "INTEGRATOR");
    open("main", wallet, "LIABILITY", 0L);
    open("main", bank, "ASSET", null);
    open(branch, wallet, "LIABILITY", 0L);
    open(branch, bank, "ASSET", null);
    deposit(1000);
  }

  final TestApi api() {
    return TestApi.at(port);
  }

  /// Somebody with a role on `main` and one on the branch.
  final TestApi.Calls person(String name, String onMain, String onBranch) {
    made(
        api()
            .as("admin")
            .post(
                "/v1/users",
                """
                {"username": "%1$s", "displayName": "x", "password": "password-in-tests", "limits": [],
                 "grants": [{"ledger": "main", "roles": ["%2$s"]},
                            {"ledger": "%4$s", "roles": ["%3$s"]}]}
                """
                    .formatted(name, onMain, onBranch, branch)));
    return api().as(name);
  }

  final void open(String ledger, String code, String type, @Nullable Long minimumBalance) {
    made(
        mover.post(
            "/v1/ledgers/" + ledger + "/accounts",
            """
            {"code": "%s", "name": "x", "type": "%s", "currency": "EUR", "minimumBalance": %d}
            """
                .formatted(code, type, minimumBalance)));
  }

  final void deposit(long minorUnits) {
    made(
        mover.postInMain(
            "/transfers",
            """
            {"from": "%s", "to": "%s", "description": "deposit",
             "amount": {"minorUnits": %d, "currency": "EUR"}}
            """
                .formatted(bank, wallet, minorUnits)));
  }

  final String body(long minorUnits) {
    return body("main", wallet, branch, wallet, minorUnits);
  }

  static String body(String from, String account, String to, String toAccount, long minorUnits) {
    return """
    {"from": {"ledger": "%s", "account": "%s"}, "to": {"ledger": "%s", "account": "%s"},
     "amount": {"minorUnits": %d, "currency": "EUR"}, "description": "to the branch"}
    """
        .formatted(from, account, to, toAccount, minorUnits);
  }

  final Reply send(long minorUnits) {
    return mover.post("/v1/transfers", body(minorUnits));
  }

  final void freeze(String ledger, String account, String how) {
    TestApi.Calls operator = api().as("operator");
    if (!ledger.equals("main")) {
      operator = operatorOfBranch();
    }
    Reply done =
        operator.post(
            "/v1/ledgers/" + ledger + "/accounts/" + account + "/" + how, "{\"reason\": \"x\"}");
    assertThat(done.status()).as("%s", done).isEqualTo(200);
  }

  private TestApi.@Nullable Calls operator;

  private TestApi.Calls operatorOfBranch() {
    TestApi.Calls known = operator;
    if (known == null) {
      known = person("operator-" + tag, "OPERATOR", "OPERATOR");
      operator = known;
    }
    return known;
  }

  final long posted(String ledger, String account) {
    Reply balance = mover.get("/v1/ledgers/" + ledger + "/accounts/" + account + "/balance");
    assertThat(balance.status()).as("%s", balance).isEqualTo(200);
    return balance.json().path("posted").asLong();
  }

  final int transactions(String ledger, String account) {
    return mover
        .get("/v1/ledgers/" + ledger + "/transactions?account=" + account)
        .json()
        .path("items")
        .size();
  }

  final Reply saga(String id) {
    return mover.getInMain("/sagas/" + id);
  }

  final Reply awaitSaga(String id, String state) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Reply saga = saga(id);
    while (!saga.text("state").equals(state)) {
      assertThat(System.nanoTime()).as("waiting for %s: %s", state, saga).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      saga = saga(id);
    }
    return saga;
  }

  static void made(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(201);
  }
}
