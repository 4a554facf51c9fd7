package io.countersign.server.model;

import io.countersign.server.testing.TestApi;

/// API keys for the clients of a history, and sessions for what only people may do.
final class ApiKeys {

  private ApiKeys() {}

  /// A client of this server with a key that moves money and one that freezes accounts.
  static Client client(int port, TestApi api, String name) {
    return Client.of(
        "http://127.0.0.1:" + port + "/v1/ledgers/main",
        key(api, name + "-integrator", "INTEGRATOR"),
        key(api, name + "-operator", "OPERATOR"),
        api.token("admin"),
        api.token("approver"));
  }

  private static String key(TestApi api, String name, String role) {
    TestApi.Reply made =
        api.as("admin")
            .post(
                "/v1/api-keys",
                """
                {"name": "%s", "ledger": "main", "roles": ["%s"]}\
                """
                    .formatted(name, role));
    if (made.status() != 201) {
      throw new AssertionError("no API key: " + made);
    }
    return made.text("secret");
  }
}
