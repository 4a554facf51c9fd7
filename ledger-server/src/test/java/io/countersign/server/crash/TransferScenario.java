package io.countersign.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.util.Set;

/// From one ledger to another.
final class TransferScenario extends Scenario {

  private static final long PART = 300;

  TransferScenario(Bench bench) {
    super(bench);
    made(
        bench
            .api()
            .as("admin")
            .post(
                "/v1/ledgers",
                "{\"code\": \"branch\", \"name\": \"A branch\", \"timeZone\": \"UTC\"}"));
    made(
        bench
            .api()
            .as("admin")
            .post(
                "/v1/users",
                """
                {"username": "mover", "displayName": "x", "password": "password-in-tests",
                 "limits": [], "grants": [{"ledger": "main", "roles": ["INTEGRATOR"]},
                                          {"ledger": "branch", "roles": ["INTEGRATOR"]}]}
                """));
    open("main", "crash:bank", "ASSET");
  }

  @Override
  void prepare(String tag) {
    open("main", "wallet:" + tag, "LIABILITY");
    open("branch", "wallet:" + tag, "LIABILITY");
    made(
        mover()
            .postInMain(
                "/transfers",
                """
                {"from": "crash:bank", "to": "wallet:%s", "description": "deposit",
                 "amount": {"minorUnits": %d, "currency": "EUR"}}
                """
                    .formatted(tag, AMOUNT)));
  }

  @Override
  Reply ask(String tag) {
    return mover()
        .withKey("transfer-" + tag)
        .post(
            "/v1/transfers",
            """
            {"from": {"ledger": "main", "account": "wallet:%1$s"},
             "to": {"ledger": "branch", "account": "wallet:%1$s"},
             "amount": {"minorUnits": %2$d, "currency": "EUR"}, "description": "to the branch"}
            """
                .formatted(tag, PART));
  }

  @Override
  void check(String tag, Reply answer) {
    String saga = answer.text("sagaId");
    Reply over = await(() -> mover().getInMain("/sagas/" + saga), Set.of("done", "undone"));
    assertThat(over.text("state")).as("%s: %s", tag, over).isEqualTo("done");
    assertThat(posted("wallet:" + tag)).as(tag).isEqualTo(AMOUNT - PART);
    Reply there = mover().get("/v1/ledgers/branch/accounts/wallet:" + tag + "/balance");
    assertThat(there.text("posted")).as(tag).isEqualTo("" + PART);
    Reply posted = mover().get("/v1/ledgers/branch/transactions?account=wallet:" + tag);
    assertThat(posted.json().path("items").size()).as(tag).isEqualTo(1);
  }

  private TestApi.Calls mover() {
    return bench.api().as("mover");
  }

  private void open(String ledger, String code, String type) {
    made(
        mover()
            .post(
                "/v1/ledgers/" + ledger + "/accounts",
                "{\"code\": \"%s\", \"name\": \"x\", \"type\": \"%s\", \"currency\": \"EUR\"%s}"
                    .formatted(
                        code, type, type.equals("LIABILITY") ? ", \"minimumBalance\": 0" : "")));
  }

  private static void made(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(201);
  }

  @Override
  public String toString() {
    return "transfer between ledgers";
  }
}
