package io.countersign.server.guards;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Calls;
import io.countersign.server.testing.TestApi.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Whatever is sent to whatever endpoint that changes something: what is wrong is refused with a
/// problem document, a refusal leaves everything as it was, and nothing makes the server fail.
///
/// On a server of its own, where nothing else happens meanwhile.
@ServerTest
@TestPropertySource(properties = "countersign.reconciliation.run-every=12h")
class BadInputTest {

  /// Without what a refusal or the mere asking may write (keys, tasks, when a session was last
  /// used) and what the server writes by itself (watermarks, checkpoints, seals).
  private static final String TABLES =
      """
      SELECT table_schema || '.' || table_name FROM information_schema.tables
      WHERE table_type = 'BASE TABLE'
        AND table_schema IN ('accounts', 'adjustments', 'approvals', 'audit', 'journal', 'outbox',
                             'payments', 'reconciliation', 'sagas', 'security', 'transfers')
        AND table_name NOT IN ('migration', 'session', 'watermark')
        AND table_name NOT LIKE 'checkpoint%'
        AND has_table_privilege(table_schema || '.' || table_name, 'SELECT')
      ORDER BY 1
      """;

  private static final List<String> ROLES =
      List.of("integrator", "operator", "approver", "admin", "auditor");
  private static final List<String> UNKEYED =
      List.of("/v1/sessions", "/statements", "/webhooks", "/transactions/batch");
  private static final String NOBODY = "00000000-0000-7000-8000-000000000000";

  private final TestApi api;
  private final RequestMappingHandlerMapping mapping;
  private final JdbcClient jdbc;
  private final List<String> tables;
  private final Map<String, String> paths = new HashMap<>();
  private final String own = "bad" + UUID.randomUUID().toString().substring(0, 8);
  private BadBodies bodies;

  BadInputTest(
      @Value("${local.server.port}") int port,
      @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
      @Autowired JdbcClient jdbc) {
    this.api = TestApi.at(port);
    this.mapping = mapping;
    this.jdbc = jdbc;
    this.tables = jdbc.sql(TABLES).query(String.class).list();
    this.bodies = new BadBodies(api.anonymous().get("/v3/api-docs").json(), samples());
  }

  private record Target(String method, String pattern) {
    @Override
    public String toString() {
      return method + " " + pattern;
    }
  }

  @BeforeEach
  void somethingOfEachKind() {
    // Signed in now, because that is written, too.
    ROLES.forEach(api::as);
    open("bank", "ASSET", "");
    open("wallet", "LIABILITY", ", \"minimumBalance\": 0");
    open("merchant", "LIABILITY", ", \"minimumBalance\": 0");
    Reply deposit =
        api.as("integrator")
            .postInMain(
                "/transfers",
                """
                {"from": "%1$s:bank", "to": "%1$s:wallet", "description": "for a test",
                 "amount": {"minorUnits": 1000, "currency": "EUR"}}\
                """
                    .formatted(own));
    assertThat(deposit.status()).as(deposit.toString()).isEqualTo(201);
    Reply proposed =
        api.as("operator")
            .postInMain(
                "/adjustments",
                """
                {"reason": "r", "description": "d", "entries": [
                 {"account": "%1$s:bank", "direction": "DEBIT", "amount": {"minorUnits": 5, "currency": "EUR"}},
                 {"account": "%1$s:wallet", "direction": "CREDIT", "amount": {"minorUnits": 5, "currency": "EUR"}}]}\
                """
                    .formatted(own));
    assertThat(proposed.status()).as(proposed.toString()).isEqualTo(202);
    api.makeUser(own, "AUDITOR");
    paths.put("accounts", own + ":wallet");
    paths.put("transactions", deposit.text("id"));
    paths.put("approvals", proposed.text("approvalId"));
    bodies = new BadBodies(bodies.document(), samples());
  }

  @Test
  void the_generated_bodies_reach_the_books_when_nothing_is_wrong_with_them() {
    Reply posted =
        api.as("integrator")
            .postInMain("/transactions", fitting("/v1/ledgers/{ledger}/transactions"));
    Reply moved =
        api.as("integrator").postInMain("/transfers", fitting("/v1/ledgers/{ledger}/transfers"));
    Reply opened =
        api.as("integrator").postInMain("/accounts", fitting("/v1/ledgers/{ledger}/accounts"));

    assertThat(posted.status()).as(posted.toString()).isEqualTo(201);
    assertThat(moved.status()).as(moved.toString()).isEqualTo(201);
    assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
  }

  @Test
  void what_is_malformed_is_refused_everywhere_and_changes_nothing() {
    everywhere(
        (target, calls) -> {
          List<BadBodies.Body> bad = new ArrayList<>(BadBodies.malformed());
          bad.add(BadBodies.oversized());
          bad.addAll(BadBodies.ofWrongTypes(bodies.fitting(lower(target), target.pattern())));
          return bad;
        },
        true);
  }

  @Test
  void amounts_that_cannot_be_meant_are_refused_everywhere_and_change_nothing() {
    everywhere(
        (target, calls) -> BadBodies.ofWrongMoney(bodies.fitting(lower(target), target.pattern())),
        true);
  }

  @Test
  void odd_texts_never_make_the_server_fail() {
    everywhere(
        (target, calls) -> BadBodies.ofOddTexts(bodies.fitting(lower(target), target.pattern())),
        false);
  }

  @Test
  void a_missing_key_and_another_media_type_are_refused_everywhere() {
    SoftAssertions softly = new SoftAssertions();
    for (Target target : targets()) {
      Calls calls = allowed(target);
      byte[] body = bodies.fitting(lower(target), target.pattern()).toString().getBytes(UTF_8);
      Map<String, Long> before = counts();
      if (UNKEYED.stream().noneMatch(target.pattern()::endsWith)) {
        if (target.method().equals("POST")) {
          check(softly, target, "no key", send(calls.withoutKey(), target, body), true);
        }
        Reply xml = send(calls.with("Content-Type", "application/xml"), target, body);
        softly.assertThat(xml.status()).as(target + " as XML: " + xml).isIn(404, 415);
      }
      softly.assertThat(counts()).as(target + " changed something").isEqualTo(before);
    }
    softly.assertAll();
  }

  @Test
  void broken_statement_files_are_refused_and_leave_nothing_behind() throws IOException {
    Reply made =
        api.as("admin")
            .postInMain(
                "/sources",
                """
                {"code": "%1$s", "name": "x", "kind": "bank", "settlementDays": 1, "calendar": "TARGET",
                 "timeZone": "UTC", "cutOff": "17:00",
                 "accounts": [{"currency": "EUR", "ledgerAccount": "%1$s:bank"}]}\
                """
                    .formatted(own));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    String camt = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">";
    Map<String, byte[]> files = new TreeMap<>();
    files.put("empty", new byte[0]);
    files.put("noise", "hello".getBytes(UTF_8));
    files.put("NUL", new byte[1000]);
    files.put("cut short", (camt + "<BkToCstmrStmt><Stmt><Id>1").getBytes(UTF_8));
    files.put(
        "a DTD bomb",
        ("<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
                + camt
                + "&b;</Document>")
            .getBytes(UTF_8));
    files.put(
        "an entity from outside",
        ("<!DOCTYPE d [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" + camt + "&a;</Document>")
            .getBytes(UTF_8));
    files.put("MT940 cut short", ":20:X\n:25:1\n:28C:1\n:60F:C261101EUR1,\n".getBytes(UTF_8));
    files.put("broken gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2});
    files.put("a gzip of noise", gzipped(" ".repeat(20_000_000)));
    Map<String, Long> before = counts();
    SoftAssertions softly = new SoftAssertions();
    files.forEach(
        (name, file) -> {
          Reply reply =
              api.as("operator")
                  .withoutKey()
                  .post(
                      "/v1/ledgers/main/statements?source=" + own,
                      file,
                      "application/octet-stream");
          softly
              .assertThat(reply.problem())
              .as(name + ": " + reply)
              .isEqualTo("unreadable-statement");
          softly.assertThat(reply.json().path("line").asInt()).as(name).isPositive();
          softly.assertThat(reply.json().path("column").asInt()).as(name).isPositive();
        });
    softly.assertThat(counts()).isEqualTo(before);
    softly.assertAll();
  }

  @Test
  void odd_queries_are_answered_or_refused() {
    List<String> values =
        List.of(
            "%00",
            "a%00b",
            "%ff",
            "'%20OR%201=1--",
            "-1",
            "99999999999999999999",
            "P99999999999D",
            "%2B999999999-01-01",
            "%2B1000000000-12-31T23:59:59Z",
            "0000-00-00",
            "x".repeat(5_000));
    SoftAssertions softly = new SoftAssertions();
    for (Target target : mapped(List.of("GET"))) {
      Calls calls = allowed(target);
      for (String name : parameters(target)) {
        for (String value : values) {
          Reply reply = calls.get(path(target) + "?" + name + "=" + value);
          check(softly, target, name + "=" + value, reply, value.contains("%00"));
        }
      }
    }
    softly.assertAll();
  }

  @FunctionalInterface
  private interface Attack {
    List<BadBodies.Body> on(Target target, Calls calls);
  }

  private void everywhere(Attack attack, boolean surelyBad) {
    SoftAssertions softly = new SoftAssertions();
    List<Target> targets = targets();
    assertThat(targets).hasSizeGreaterThan(30);
    for (Target target : targets) {
      Calls calls = allowed(target);
      Map<String, Long> before = counts();
      String balances = balances();
      for (BadBodies.Body body : attack.on(target, calls)) {
        check(softly, target, body.why(), send(calls, target, body.bytes()), surelyBad);
      }
      if (surelyBad) {
        softly.assertThat(counts()).as(target + " changed something").isEqualTo(before);
        softly.assertThat(balances()).as(target + " moved money").isEqualTo(balances);
      }
    }
    softly.assertAll();
  }

  private static void check(
      SoftAssertions softly, Target target, String why, Reply reply, boolean surelyBad) {
    String what = target + ", " + why + ": " + reply;
    softly.assertThat(reply.status()).as(what).isLessThan(500);
    if (surelyBad && target.pattern().endsWith("/transactions/batch") && reply.status() == 200) {
      // Each item of a batch has an outcome of its own.
      reply
          .json()
          .path("results")
          .forEach(it -> softly.assertThat(it.path("status").asInt()).as(what).isBetween(400, 499));
    } else if (surelyBad) {
      softly.assertThat(reply.status()).as(what).isGreaterThanOrEqualTo(400);
    }
    if (reply.status() >= 400) {
      softly.assertThat(reply.problem()).as(what).isNotEmpty();
      softly
          .assertThat(reply.header("Content-Type"))
          .as(what)
          .startsWith("application/problem+json");
    }
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (String table : tables) {
      counts.put(table, jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single());
    }
    return counts;
  }

  private String balances() {
    return api.as("auditor").getInMain("/trial-balance").body();
  }

  private Reply send(Calls calls, Target target, byte[] body) {
    return calls.send(target.method(), path(target), BodyPublishers.ofByteArray(body));
  }

  /// Who may call this: who is refused for another reason than rights.
  private Calls allowed(Target target) {
    for (String role : ROLES) {
      Reply reply =
          api.as(role).send(target.method(), path(target), BodyPublishers.ofString("no JSON"));
      if (reply.status() != 403) {
        return api.as(role);
      }
    }
    throw new AssertionError("nobody may " + target);
  }

  private List<Target> targets() {
    return mapped(List.of("POST", "PATCH"));
  }

  private List<Target> mapped(List<String> methods) {
    List<Target> found = new ArrayList<>();
    for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
      for (String pattern : info.getPatternValues()) {
        info.getMethodsCondition().getMethods().stream()
            .map(Enum::name)
            .filter(method -> methods.contains(method) && pattern.startsWith("/v1/"))
            .forEach(method -> found.add(new Target(method, pattern)));
      }
    }
    found.sort(Comparator.comparing(Target::toString));
    return found;
  }

  private List<String> parameters(Target target) {
    List<String> names = new ArrayList<>();
    bodies
        .document()
        .path("paths")
        .path(target.pattern())
        .path("get")
        .path("parameters")
        .forEach(
            it -> {
              if (it.path("in").asString().equals("query")) {
                names.add(it.path("name").asString());
              }
            });
    names.add("after");
    names.add("limit");
    return names;
  }

  private String path(Target target) {
    String[] steps = target.pattern().replace("{ledger}", "main").split("/", -1);
    for (int i = 1; i < steps.length; i++) {
      if (steps[i].startsWith("{")) {
        steps[i] = paths.getOrDefault(steps[i - 1], unknown(steps[i - 1]));
      }
    }
    String path = String.join("/", steps);
    return path.endsWith("/statements") ? path + "?source=none" : path;
  }

  private static String unknown(String collection) {
    return switch (collection) {
      case "payments" -> "pay_" + NOBODY;
      case "exceptions" -> "exc_" + NOBODY;
      case "matches" -> "mat_" + NOBODY;
      case "sagas" -> "sag_" + NOBODY;
      case "users" -> "usr_" + NOBODY;
      case "api-keys" -> "key_" + NOBODY;
      case "statements" -> "stm_" + NOBODY;
      default -> NOBODY;
    };
  }

  private String fitting(String pattern) {
    return bodies.fitting("post", pattern).toString();
  }

  private static String lower(Target target) {
    return target.method().toLowerCase(java.util.Locale.ROOT);
  }

  private void open(String name, String type, String more) {
    Reply opened =
        api.as("integrator")
            .postInMain(
                "/accounts",
                "{\"code\": \"%s:%s\", \"name\": \"x\", \"type\": \"%s\", \"currency\": \"EUR\"%s}"
                    .formatted(own, name, type, more));
    assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
  }

  private Map<String, String> samples() {
    Map<String, String> samples = new HashMap<>();
    samples.put("code", "\"" + own + ":new\"");
    samples.put("currency", "\"EUR\"");
    samples.put("minorUnits", "3");
    samples.put("from", "\"" + own + ":wallet\"");
    samples.put("to", "\"" + own + ":merchant\"");
    samples.put("account", "\"" + own + ":wallet\"");
    samples.put("merchantAccount", "\"" + own + ":merchant\"");
    samples.put("ledgerAccount", "\"" + own + ":bank\"");
    samples.put("effectiveOn", "\"2026-11-02\"");
    samples.put("ledger", "\"main\"");
    samples.put("timeZone", "\"UTC\"");
    samples.put("cutOff", "\"17:00\"");
    samples.put("username", "\"" + own + "-new\"");
    samples.put("password", "\"long-enough-1\"");
    samples.put(
        "entries",
        """
        [{"account": "%1$s:wallet", "direction": "DEBIT", "amount": {"minorUnits": 3, "currency": "EUR"}},
         {"account": "%1$s:merchant", "direction": "CREDIT", "amount": {"minorUnits": 3, "currency": "EUR"}}]\
        """
            .formatted(own));
    samples.put("metadata", "{}");
    return samples;
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  private static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }
}
