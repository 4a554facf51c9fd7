package io.countersign.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/// Two administrators change users only together. On a server of its own: from then on every change
/// of users on it is a proposal.
@ServerTest
@TestPropertySource(properties = "countersign.sessions.idle=59m")
class TwoAdministratorsTest {

  private static final String USER =
      """
      {"username": "%s", "displayName": "A person", "password": "long-enough-1", "limits": [],
       "grants": [{"ledger": "main", "roles": ["%s"]}]}
      """;

  private final TestApi api;

  TwoAdministratorsTest(@Value("${local.server.port}") int port) {
    this.api = TestApi.at(port);
  }

  @Test
  void two_administrators_change_users_only_together() {
    Reply alone = api.as("admin").post("/v1/users", USER.formatted("ada", "ADMIN"));
    assertThat(alone.status()).as(alone.toString()).isEqualTo(201);
    String session =
        api.anonymous()
            .post("/v1/sessions", "{\"username\": \"ada\", \"password\": \"long-enough-1\"}")
            .text("token");
    TestApi.Calls ada = api.withToken(session);

    Reply asked = ada.post("/v1/users", USER.formatted("bob", "AUDITOR"));
    assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
    assertThat(names()).doesNotContain("bob");
    assertThat(asked.body()).doesNotContain("long-enough-1");

    String path = "/v1/approvals/" + asked.text("approvalId");
    Reply proposal = api.as("admin").get(path);
    assertThat(proposal.text("kind")).isEqualTo("user_change");
    assertThat(proposal.body()).doesNotContain("long-enough-1").doesNotContain("argon2");
    String decision = "{\"contentHash\": \"" + proposal.text("contentHash") + "\"}";
    assertThat(ada.post(path + "/approve", decision).problem()).isEqualTo("self-approval");
    Reply approved = api.as("admin").post(path + "/approve", decision);
    assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
    assertThat(approved.text("result.type")).isEqualTo("user");
    assertThat(names()).contains("bob");
    assertThat(
            api.anonymous()
                .post("/v1/sessions", "{\"username\": \"bob\", \"password\": \"long-enough-1\"}")
                .status())
        .isEqualTo(201);

    // Neither gets rid of the other alone, to go on as before.
    String admin = "/v1/users/" + id("admin");
    assertThat(ada.post(admin + "/revoke", "{}").status()).isEqualTo(202);
    assertThat(ada.patch(admin, "{\"grants\": []}").problem()).isEqualTo("already-proposed");
    assertThat(api.as("admin").get("/v1/me").status()).isEqualTo(200);

    Reply rejected = ada.patch("/v1/users/" + id("bob"), "{\"displayName\": \"Robert\"}");
    String second = "/v1/approvals/" + rejected.text("approvalId");
    assertThat(api.as("admin").post(second + "/reject", "{\"reason\": \"no\"}").text("state"))
        .isEqualTo("rejected");
    assertThat(api.as("admin").get("/v1/users/" + id("bob")).text("displayName"))
        .isEqualTo("A person");
  }

  private String id(String username) {
    for (var user : api.as("admin").get("/v1/users").json().path("items")) {
      if (user.path("username").asString().equals(username)) {
        return user.path("id").asString();
      }
    }
    throw new AssertionError("no user " + username);
  }

  private java.util.List<String> names() {
    return api.as("admin").get("/v1/users").json().path("items").findValuesAsString("username");
  }
}
