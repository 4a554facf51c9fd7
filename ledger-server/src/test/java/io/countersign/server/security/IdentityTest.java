package io.countersign.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServerTest
class IdentityTest {

  private final TestApi api;
  private final JdbcClient jdbc;

  IdentityTest(@Value("${local.server.port}") int port, @Autowired JdbcClient jdbc) {
    this.api = TestApi.at(port);
    this.jdbc = jdbc;
  }

  @Test
  void a_session_says_who_one_is_until_it_ends() {
    api.makeUser("sam", "OPERATOR");
    Reply session = signIn("sam", "password-in-tests");
    TestApi.Calls sam = api.withToken(session.text("token"));

    assertThat(session.status()).isEqualTo(201);
    assertThat(session.text("user.username")).isEqualTo("sam");
    assertThat(session.text("expiresAt")).endsWith("Z");
    assertThat(sam.get("/v1/me").text("grants.0.roles.0")).isEqualTo("OPERATOR");
    assertThat(sam.delete("/v1/sessions/current").status()).isEqualTo(204);
    assertThat(sam.get("/v1/me").problem()).isEqualTo("unauthenticated");
  }

  @Test
  void a_wrong_password_and_an_unknown_name_are_refused_alike() {
    api.makeUser("wanda", "AUDITOR");

    Reply wrong = signIn("wanda", "not-the-password");
    Reply unknown = signIn("nobody-here", "not-the-password");

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.problem()).isEqualTo("unauthenticated");
    assertThat(unknown.body()).isEqualTo(wrong.body());
  }

  @Test
  void a_code_of_a_second_factor_that_nobody_checks_is_not_accepted_in_silence() {
    api.makeUser("tom", "AUDITOR");
    String session = "{\"username\": \"tom\", \"password\": \"password-in-tests\", \"totp\": %s}";

    Reply refused = api.anonymous().post("/v1/sessions", session.formatted("\"123456\""));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("errors.0.field")).isEqualTo("totp");
    assertThat(api.anonymous().post("/v1/sessions", session.formatted("null")).status())
        .isEqualTo(201);
  }

  @Test
  void what_is_kept_with_the_key_of_a_new_user_is_no_fast_hash_of_the_password() throws Exception {
    String key = UUID.randomUUID().toString();
    String body =
        "{\"displayName\":\"P\",\"grants\":[],\"limits\":[],"
            + "\"password\":\"guess-me-please\",\"username\":\"paula\"}";
    TestApi.Calls admin = api.as("admin").withKey(key);

    Reply made = admin.post("/v1/users", body);
    Reply replay = admin.post("/v1/users", body.replace(",", ", "));
    Reply other = admin.post("/v1/users", body.replace("guess-me-please", "guess-me-again"));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(replay.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(other.problem()).isEqualTo("idempotency-key-reused");
    byte[] fast =
        java.security.MessageDigest.getInstance("SHA-256")
            .digest(("POST /v1/users\n" + body).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    long kept =
        jdbc.sql("SELECT count(*) FROM idempotency.key WHERE fingerprint = :fast")
            .param("fast", fast)
            .query(Long.class)
            .single();
    assertThat(kept).isZero();
  }

  @Test
  void guessing_is_slowed_down_and_says_for_how_long() {
    api.makeUser("gus", "AUDITOR");
    for (int i = 0; i < 5; i++) {
      assertThat(signIn("gus", "guess-" + i).status()).isEqualTo(401);
    }

    Reply slowed = signIn("gus", "password-in-tests");

    assertThat(slowed.status()).isEqualTo(429);
    assertThat(slowed.problem()).isEqualTo("rate-limited");
    assertThat(slowed.header("Retry-After")).isNotNull();
  }

  @Test
  void no_secret_is_stored() {
    api.makeUser("sybil", "AUDITOR");
    String token = signIn("sybil", "password-in-tests").text("token");

    String hash =
        jdbc.sql("SELECT password_hash FROM security.person WHERE username = 'sybil'")
            .query(String.class)
            .single();
    long tokens =
        jdbc.sql("SELECT count(*) FROM security.session WHERE token_hash = :token")
            .param("token", token.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .query(Long.class)
            .single();

    assertThat(hash).startsWith("$argon2id$").doesNotContain("password-in-tests");
    assertThat(tokens).isZero();
    assertThat(
            jdbc.sql("SELECT count(*) FROM security.proposed_password").query(Long.class).single())
        .isZero();
  }

  @Test
  void an_api_key_shows_its_secret_once_and_a_replay_leaves_it_out() {
    TestApi.Calls admin = api.as("admin").withKey(UUID.randomUUID().toString());
    String body = key("shop-one", "INTEGRATOR");

    Reply first = admin.post("/v1/api-keys", body);
    Reply replay = admin.post("/v1/api-keys", body);
    String secret = first.text("secret");

    assertThat(first.status()).isEqualTo(201);
    assertThat(secret).startsWith("csk_");
    assertThat(replay.status()).isEqualTo(201);
    assertThat(replay.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(replay.json().has("secret")).isFalse();
    assertThat(replay.text("id")).isEqualTo(first.text("id"));
    assertThat(api.as("admin").get("/v1/api-keys/" + first.text("id")).body())
        .doesNotContain(secret);
    assertThat(api.withToken(secret).get("/v1/me").text("username")).isEqualTo("shop-one");
  }

  @Test
  void a_revoked_key_is_refused_at_once() {
    Reply made = api.as("admin").post("/v1/api-keys", key("shop-two", "INTEGRATOR"));
    TestApi.Calls shop = api.withToken(made.text("secret"));
    String path = "/v1/api-keys/" + made.text("id");

    assertThat(shop.getInMain("/accounts").status()).isEqualTo(200);
    assertThat(api.as("admin").post(path + "/revoke", "{}").status()).isEqualTo(200);
    assertThat(shop.getInMain("/accounts").status()).isEqualTo(401);
    assertThat(api.as("admin").post(path + "/revoke", "{}").problem()).isEqualTo("wrong-state");
  }

  @Test
  void a_key_that_replaces_another_belongs_to_the_same_client() {
    String idempotencyKey = UUID.randomUUID().toString();
    String account =
        """
        {"code": "rotation", "name": "R", "type": "LIABILITY", "currency": "EUR"}\
        """;
    String before =
        api.as("admin").post("/v1/api-keys", key("shop-three", "INTEGRATOR")).text("secret");
    api.withToken(before).withKey(idempotencyKey).postInMain("/accounts", account);

    String after =
        api.as("admin").post("/v1/api-keys", key("shop-three", "INTEGRATOR")).text("secret");
    Reply again = api.withToken(after).withKey(idempotencyKey).postInMain("/accounts", account);

    assertThat(after).isNotEqualTo(before);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void an_api_key_never_decides_and_never_administers() {
    for (String role : new String[] {"APPROVER", "ADMIN"}) {
      assertThat(api.as("admin").post("/v1/api-keys", key("greedy", role)).problem())
          .isEqualTo("roles-conflict");
    }
  }

  @Test
  void nobody_both_posts_alone_and_operates() {
    Reply refused =
        api.as("admin")
            .post(
                "/v1/users",
                """
                {"username": "both", "displayName": "B", "password": "long-enough-1", "limits": [],
                 "grants": [{"ledger": "main", "roles": ["INTEGRATOR", "OPERATOR"]}]}
                """);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("roles-conflict");
  }

  @Test
  void a_used_name_a_weak_password_and_an_unknown_ledger_are_refused() {
    api.makeUser("taken", "AUDITOR");
    String user =
        """
        {"username": "%s", "displayName": "T", "password": "%s",
         "grants": [{"ledger": "%s", "roles": ["AUDITOR"]}]}
        """;
    TestApi.Calls admin = api.as("admin");

    assertThat(admin.post("/v1/users", user.formatted("taken", "long-enough", "main")).problem())
        .isEqualTo("user-exists");
    assertThat(admin.post("/v1/users", user.formatted("weak", "short", "main")).problem())
        .isEqualTo("weak-password");
    assertThat(admin.post("/v1/users", user.formatted("lost", "long-enough", "none")).problem())
        .isEqualTo("not-found");
    assertThat(admin.post("/v1/users", user.formatted("No Name", "long-enough", "main")).problem())
        .isEqualTo("invalid-request");
  }

  @Test
  void a_changed_or_revoked_user_loses_what_was_taken_at_once() {
    api.makeUser("rita", "AUDITOR");
    TestApi.Calls rita = api.as("rita");
    String path = "/v1/users/" + find("rita");
    assertThat(rita.getInMain("/accounts").status()).isEqualTo(200);

    Reply changed = api.as("admin").patch(path, "{\"grants\": []}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(rita.getInMain("/accounts").status()).isEqualTo(404);
    assertThat(api.as("admin").post(path + "/revoke", "{}").status()).isEqualTo(200);
    assertThat(rita.get("/v1/me").status()).isEqualTo(401);
    assertThat(signIn("rita", "password-in-tests").status()).isEqualTo(401);
  }

  @Test
  void the_last_administrator_stays() {
    String path = "/v1/users/" + find("admin");

    assertThat(api.as("admin").post(path + "/revoke", "{}").problem())
        .isEqualTo("last-administrator");
    assertThat(api.as("admin").patch(path, "{\"grants\": []}").problem())
        .isEqualTo("last-administrator");
  }

  @Test
  void who_makes_a_ledger_sees_it_and_others_do_not() {
    Reply made =
        api.as("admin")
            .post(
                "/v1/ledgers",
                "{\"code\": \"second\", \"name\": \"Second\", \"timeZone\": \"Europe/Berlin\"}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("timeZone")).isEqualTo("Europe/Berlin");
    assertThat(api.as("admin").get("/v1/ledgers/second/accounts").status()).isEqualTo(200);
    assertThat(api.as("auditor").get("/v1/ledgers/second/accounts").status()).isEqualTo(404);
    assertThat(api.as("auditor").get("/v1/ledgers").body())
        .contains("main")
        .doesNotContain("second");
  }

  @Test
  void each_change_is_in_the_audit_log_with_who_and_from_where() {
    api.makeUser("audited", "AUDITOR");

    var record =
        jdbc.sql(
                """
                SELECT actor, address, action, after_state, correlation_id FROM audit.record
                WHERE ledger_id = 0 AND object_id = :id AND action LIKE '%user.create'
                """)
            .param("id", find("audited"))
            .query()
            .singleRow();

    assertThat(record)
        .containsEntry("actor", "admin")
        .containsEntry("address", "127.0.0.1")
        .containsEntry("action", "bootstrap.user.create");
    assertThat(record.get("correlation_id")).isNotNull();
    assertThat(String.valueOf(record.get("after_state")))
        .contains("\"audited\"")
        .doesNotContain("argon2");
  }

  private Reply signIn(String username, String password) {
    return api.anonymous()
        .post(
            "/v1/sessions",
            "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(username, password));
  }

  private String find(String username) {
    for (var user : api.as("admin").get("/v1/users?limit=1000").json().path("items")) {
      if (username.equals(user.path("username").asString())) {
        return user.path("id").asString();
      }
    }
    throw new AssertionError("no user " + username);
  }

  private static String key(String name, String role) {
    return "{\"name\": \"%s\", \"ledger\": \"main\", \"roles\": [\"%s\"]}".formatted(name, role);
  }
}
