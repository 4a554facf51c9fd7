package io.countersign.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.id.KeyId;
import io.countersign.model.identity.ApiKey;
import io.countersign.model.identity.ApiKeyPatch;
import io.countersign.model.identity.ApiKeyRequest;
import io.countersign.model.identity.Grant;
import io.countersign.model.identity.Role;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.Caller;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.ProblemException;
import io.countersign.server.database.Transactions;
import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServerTest
class KeysForSeveralLedgersTest {

  private static final List<Role> AUDITS = List.of(Role.AUDITOR);

  @Autowired ApiKeys keys;
  @Autowired Ledgers ledgers;
  @Autowired Transactions transactions;
  @Autowired JdbcClient jdbc;

  private final TestApi api;
  private final String tag = UUID.randomUUID().toString().substring(0, 8);
  private final String branch = "keys-" + tag;
  private final String shop = "shop-" + tag;

  KeysForSeveralLedgersTest(@Value("${local.server.port}") int port) {
    this.api = TestApi.at(port);
  }

  @BeforeEach
  void openBranch() {
    Reply opened =
        api.as("admin")
            .post(
                "/v1/ledgers",
                "{\"code\": \"%s\", \"name\": \"B\", \"timeZone\": \"UTC\"}".formatted(branch));
    assertThat(opened.status()).as("%s", opened).isEqualTo(201);
  }

  @Test
  void a_key_may_on_each_ledger_what_it_was_given_there_and_no_more() {
    Reply made = make("admin", shop, grant(branch, "AUDITOR"));
    TestApi.Calls client = api.withToken(made.text("secret"));

    assertThat(made.status()).as("%s", made).isEqualTo(201);
    assertThat(made.text("ledger")).isEqualTo("main");
    assertThat(made.text("otherGrants.0.ledger")).isEqualTo(branch);
    assertThat(made.text("otherGrants.0.roles.0")).isEqualTo("AUDITOR");
    assertThat(client.get("/v1/me").json().path("grants").findValuesAsString("ledger"))
        .containsExactlyInAnyOrder("main", branch);
    assertThat(client.get(accounts("main")).status()).isEqualTo(200);
    assertThat(client.get(accounts(branch)).status()).isEqualTo(200);
    assertThat(client.post(accounts(branch), account()).problem()).isEqualTo("forbidden");

    Reply changed =
        patch("admin", made, "{\"otherGrants\": [" + grant(branch, "INTEGRATOR") + "]}");
    assertThat(changed.status()).as("%s", changed).isEqualTo(200);
    assertThat(client.post(accounts(branch), account()).status()).isEqualTo(201);

    patch("admin", made, "{\"otherGrants\": []}");
    assertThat(client.get(accounts(branch)).problem()).isEqualTo("not-found");
    assertThat(client.get(accounts("main")).status()).isEqualTo(200);
  }

  @Test
  void a_patch_that_says_nothing_of_other_ledgers_leaves_them() {
    Reply made = make("admin", shop, grant(branch, "AUDITOR"));
    Reply changed = patch("admin", made, "{\"roles\": [\"AUDITOR\"]}");
    assertThat(changed.text("otherGrants.0.ledger")).isEqualTo(branch);
    assertThat(api.withToken(made.text("secret")).get(accounts(branch)).status()).isEqualTo(200);
  }

  @Test
  void rights_on_a_ledger_are_given_by_its_administrators_alone() {
    Caller here = administrator(1);
    ApiKeyRequest request =
        new ApiKeyRequest(
            shop, "main", List.of(Role.INTEGRATOR), null, List.of(new Grant(branch, AUDITS)));
    assertThat(refused(() -> keys.create(here, request))).isEqualTo("not-found");

    Reply made = make("admin", shop, grant(branch, "INTEGRATOR"));
    KeyId id = KeyId.parse(made.text("id"));
    ApiKeyPatch patch = new ApiKeyPatch(null, AUDITS, null, null);
    assertThat(refused(() -> keys.change(here, id, patch))).isEqualTo("not-found");
    // Their own ledger is at stake, too.
    assertThat(transactions.write(() -> keys.revoke(here, id)).revokedAt()).isNotNull();
    assertThat(api.withToken(made.text("secret")).get("/v1/me").status()).isEqualTo(401);
  }

  @Test
  void the_administrator_of_the_other_ledger_sees_the_key_and_can_end_it() {
    int ledger = ledgers.find(branch).orElseThrow().id();
    Caller there = administrator(ledger);
    Reply made = make("admin", shop, grant(branch, "INTEGRATOR"));
    KeyId id = KeyId.parse(made.text("id"));

    assertThat(keys.page(there, new PageRequest(1000, null)).items())
        .extracting(ApiKey::id)
        .containsExactly(id);
    assertThat(logged(ledger, id)).containsExactly("api-key.create");
    assertThat(transactions.write(() -> keys.revoke(there, id)).revokedAt()).isNotNull();
    assertThat(logged(ledger, id)).containsExactly("api-key.create", "api-key.revoke");
    assertThat(logged(1, id)).containsExactly("api-key.create", "api-key.revoke");
  }

  @Test
  void a_client_is_the_same_one_on_all_its_ledgers_and_nobody_else_has_its_name_there() {
    Reply taken =
        api.as("admin")
            .post(
                "/v1/api-keys",
                "{\"name\": \"%s\", \"ledger\": \"%s\", \"roles\": [\"AUDITOR\"]}"
                    .formatted(shop, branch));
    assertThat(taken.status()).isEqualTo(201);
    Reply refused = make("admin", shop, grant(branch, "INTEGRATOR"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("api-client-exists");

    String other = "other-" + tag;
    String key = UUID.randomUUID().toString();
    Reply both = make("admin", other, grant(branch, "INTEGRATOR"));
    api.withToken(both.text("secret")).withKey(key).post(accounts(branch), account());
    Reply there =
        api.as("admin")
            .post(
                "/v1/api-keys",
                "{\"name\": \"%s\", \"ledger\": \"%s\", \"roles\": [\"INTEGRATOR\"]}"
                    .formatted(other, branch));
    Reply again =
        api.withToken(there.text("secret")).withKey(key).post(accounts(branch), account());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThat(make("admin", shop, grant("main", "AUDITOR")).problem())
        .isEqualTo("invalid-request");
    assertThat(
            make("admin", shop, grant(branch, "AUDITOR") + "," + grant(branch, "OPERATOR"))
                .problem())
        .isEqualTo("invalid-request");
    assertThat(
            make("admin", shop, "{\"ledger\": \"%s\", \"roles\": []}".formatted(branch)).problem())
        .isEqualTo("invalid-request");
    assertThat(make("admin", shop, grant(branch, "APPROVER")).problem())
        .isEqualTo("roles-conflict");
    assertThat(make("admin", shop, grant("nowhere", "AUDITOR")).status()).isEqualTo(404);
  }

  // A second administrator among the users would make every change of users a proposal, also those
  // of the other tests on this server.
  private static Caller administrator(int ledger) {
    return new Caller(
        UUID.randomUUID(),
        "another",
        Caller.Kind.PERSON,
        UUID.randomUUID(),
        Map.of(ledger, Set.of(io.countersign.server.api.Role.ADMIN)));
  }

  private String refused(Supplier<ApiKey> change) {
    try {
      throw new AssertionError("not refused: " + transactions.write(change));
    } catch (ProblemException refusal) {
      return refusal.problem().slug();
    }
  }

  private List<String> logged(int ledger, KeyId key) {
    return jdbc.sql(
            "SELECT action FROM audit.record WHERE ledger_id = :ledger AND object_id = :key"
                + " ORDER BY id")
        .param("ledger", ledger)
        .param("key", key.toString())
        .query(String.class)
        .list();
  }

  private Reply make(String by, String name, String others) {
    return api.as(by)
        .post(
            "/v1/api-keys",
            """
            {"name": "%s", "ledger": "main", "roles": ["INTEGRATOR"], "otherGrants": [%s]}
            """
                .formatted(name, others));
  }

  private Reply patch(String by, Reply key, String body) {
    return api.as(by).patch("/v1/api-keys/" + key.text("id"), body);
  }

  private static String grant(String ledger, String role) {
    return "{\"ledger\": \"%s\", \"roles\": [\"%s\"]}".formatted(ledger, role);
  }

  private static String accounts(String ledger) {
    return "/v1/ledgers/" + ledger + "/accounts";
  }

  private static String account() {
    return """
    {"code": "wallet", "name": "x", "type": "LIABILITY", "currency": "EUR"}\
    """;
  }
}
