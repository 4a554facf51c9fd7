package io.countersign.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;

/// A second ledger, to which money is sent from the first one while everything fails.
final class Branch {

  static final String SENDER = "sender";

  private static final String WALLET = "wallet:chaos";
  private static final long FUNDS = 1_000_000;
  private static final String CODE = "branch";

  private final Stage stage;

  /// Opens the ledger and the wallets.
  Branch(Stage stage) {
    this.stage = stage;
    made(
        stage
            .api(0)
            .as("admin")
            .post(
                "/v1/ledgers",
                "{\"code\": \"%s\", \"name\": \"A branch\", \"timeZone\": \"UTC\"}"
                    .formatted(CODE)));
    made(
        stage
            .api(0)
            .as("admin")
            .post(
                "/v1/users",
                """
                {"username": "%s", "displayName": "x", "password": "password-in-tests",
                 "limits": [], "grants": [{"ledger": "main", "roles": ["INTEGRATOR"]},
                                          {"ledger": "%s", "roles": ["INTEGRATOR"]}]}
                """
                    .formatted(SENDER, CODE)));
    open("main", "bank:chaos", "ASSET", "");
    open("main", WALLET, "LIABILITY", ", \"minimumBalance\": 0");
    open(CODE, WALLET, "LIABILITY", ", \"minimumBalance\": 0");
    made(
        sender()
            .postInMain(
                "/transfers",
                """
                {"from": "bank:chaos", "to": "%s", "description": "funds",
                 "amount": {"minorUnits": %d, "currency": "EUR"}}
                """
                    .formatted(WALLET, FUNDS)));
  }

  /// A transfer to it, of one minor unit.
  static String transfer() {
    return """
    {"from": {"ledger": "main", "account": "%2$s"}, "to": {"ledger": "%1$s", "account": "%2$s"},
     "amount": {"minorUnits": 1, "currency": "EUR"}, "description": "to the branch"}
    """
        .formatted(CODE, WALLET);
  }

  /// What was sent has left once and arrived once, and the clearing accounts say the same.
  void assertArrived(long sent) {
    assertThat(posted("main", WALLET)).isEqualTo(FUNDS - sent);
    assertThat(posted(CODE, WALLET)).isEqualTo(sent);
    assertThat(posted("main", "clearing:" + CODE + ":eur")).isEqualTo(sent);
    assertThat(posted(CODE, "clearing:main:eur")).isEqualTo(-sent);
  }

  private long posted(String ledger, String account) {
    Reply balance = sender().get("/v1/ledgers/" + ledger + "/accounts/" + account + "/balance");
    assertThat(balance.status()).as("%s", balance).isEqualTo(200);
    return balance.json().path("posted").asLong();
  }

  private void open(String ledger, String code, String type, String more) {
    made(
        sender()
            .post(
                "/v1/ledgers/" + ledger + "/accounts",
                "{\"code\": \"%s\", \"name\": \"x\", \"type\": \"%s\", \"currency\": \"EUR\"%s}"
                    .formatted(code, type, more)));
  }

  private TestApi.Calls sender() {
    return stage.api(0).as(SENDER);
  }

  private static void made(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(201);
  }
}
