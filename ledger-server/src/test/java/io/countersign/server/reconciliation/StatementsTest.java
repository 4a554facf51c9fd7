package io.countersign.server.reconciliation;

import static io.countersign.server.reconciliation.Desk.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import io.countersign.server.testing.TestApi.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

@ServerTest
class StatementsTest {

  private final int port;

  StatementsTest(@Value("${local.server.port}") int port) {
    this.port = port;
  }

  static byte[] sample(String name) throws IOException {
    try (InputStream file = StatementsTest.class.getResourceAsStream("/statements/" + name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    }
  }

  private static List<String> states(Reply uploaded) {
    return uploaded.json().path("statements").findValuesAsString("state");
  }

  @Test
  void a_real_file_is_accepted_and_the_same_file_again_adds_nothing() throws IOException {
    Desk desk = Desk.at(port);
    Reply first = desk.upload(sample("mt940-rabobank-iban.txt"));
    Reply second = desk.upload(sample("mt940-rabobank-iban.txt"));

    assertThat(first.status()).as(first.toString()).isEqualTo(201);
    assertThat(states(first)).containsExactly("accepted", "accepted");
    assertThat(first.text("statements.0.accountId")).isEqualTo("NL71RABO0123456789");
    assertThat(first.text("statements.0.format")).isEqualTo("mt940");
    assertThat(first.json().at("/statements/1/openingBalance/minorUnits").asLong())
        .isEqualTo(96_500);
    assertThat(states(second)).containsExactly("duplicate", "duplicate");
    assertThat(desk.run().path("lines").asInt()).isEqualTo(4);
    assertThat(desk.get("/sources").toString()).contains("NL71RABO0123456789");
    assertThat(desk.lines(second.text("statements.0.id"))).hasSize(2);
    assertThat(desk.get("/statement-imports/" + first.text("importId"))).isEqualTo(first.json());
  }

  @Test
  void what_does_not_add_up_is_quarantined_whole_with_its_difference() throws IOException {
    Desk desk = Desk.at(port);
    Reply uploaded = desk.upload(sample("mt940-abnamro.txt"));

    assertThat(states(uploaded)).containsExactly("quarantined", "quarantined");
    assertThat(uploaded.text("statements.0.problems.0.code")).isEqualTo("does-not-add-up");
    assertThat(uploaded.text("statements.0.problems.0.detail")).contains("-2038.00 EUR");
    assertThat(desk.lines(uploaded.text("statements.0.id"))).hasSize(8);
    assertThat(desk.run().path("lines").asInt()).isZero();
    assertThat(desk.exceptions("")).isEmpty();
  }

  @Test
  void camt_files_are_accepted_too_and_each_in_its_currency() throws IOException {
    assertThat(states(Desk.at(port).upload(sample("camt053-v2-multi-statement.xml"))))
        .containsExactly("accepted", "accepted");
    assertThat(states(Desk.at(port, "SEK").upload(sample("camt053-v4-iso-business-sample.xml"))))
        .containsExactly("accepted");
    Reply foreign = Desk.at(port).upload(sample("camt053-v4-iso-business-sample.xml"));
    assertThat(states(foreign)).containsExactly("quarantined");
    assertThat(foreign.text("statements.0.problems.0.code")).isEqualTo("foreign-account");
  }

  @Test
  void the_thirtieth_of_february_is_kept_as_text() throws IOException {
    Desk desk = Desk.at(port);
    Reply uploaded = desk.upload(sample("mt940-february-30.sta"));

    JsonNode only = desk.lines(uploaded.text("statements.0.id")).getFirst();
    assertThat(only.path("valueDate").isNull()).isTrue();
    assertThat(only.path("valueDateText").asString()).isEqualTo("160230");
    assertThat(only.path("bookedOn").asString()).isEqualTo("2016-03-01");
    assertThat(only.path("amount").asLong()).isEqualTo(-600);
  }

  @Test
  void a_statement_for_another_account_is_quarantined_once_the_account_is_learned()
      throws IOException {
    Desk desk = Desk.at(port);
    desk.upload(sample("mt940-rabobank-iban.txt"));
    Reply other = desk.upload(sample("mt940-february-30.sta"));

    assertThat(states(other)).containsExactly("quarantined");
    assertThat(other.text("statements.0.problems.0.detail"))
        .contains("12345678/1020304050")
        .contains("NL71RABO0123456789");
  }

  @Test
  void an_unreadable_file_is_refused_with_its_place_and_leaves_nothing() {
    Desk desk = Desk.at(port);
    Reply refused = desk.upload(desk.statement(0, line(100, "A-1")).replace(":62F:", ":99X:"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("unreadable-statement");
    assertThat(refused.json().path("line").asInt()).isPositive();
    assertThat(refused.json().path("column").asInt()).isPositive();
    assertThat(Desk.items(desk.get("/statements?source=" + desk.source))).isEmpty();
  }

  @Test
  void a_document_type_is_refused_and_never_followed() {
    Reply refused =
        Desk.at(port)
            .upload(
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM"
                    + " \"file:///etc/passwd\">]><a>&x;</a>");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("unreadable-statement");
  }

  @Test
  void an_unknown_source_is_not_found() {
    Desk desk = Desk.at(port);
    Reply refused =
        desk.api
            .as("operator")
            .post("/v1/ledgers/main/statements?source=nobody", new byte[0], "text/plain");
    assertThat(refused.status()).isEqualTo(404);
  }

  @Test
  void two_truly_identical_lines_of_one_file_both_count() {
    Desk desk = Desk.at(port);
    Reply uploaded = desk.upload(desk.statement(1000, line(-250, "COFFEE"), line(-250, "COFFEE")));
    assertThat(states(uploaded)).containsExactly("accepted");
    assertThat(desk.run().path("lines").asInt()).isEqualTo(2);
  }

  @Test
  void a_statement_that_follows_brings_lines_that_say_the_same_as_before() {
    Desk desk = Desk.at(port);
    desk.upload(desk.statement(1000, 1, line(-250, "COFFEE")));
    Reply next = desk.upload(desk.statement(750, line(-250, "COFFEE")));
    assertThat(states(next)).containsExactly("accepted");
    assertThat(desk.run().path("lines").asInt()).isEqualTo(2);
  }

  @Test
  void an_overlapping_statement_adds_only_what_is_new() {
    Desk desk = Desk.at(port);
    desk.upload(desk.statement(1000, 1, line(100, "A-1"), line(200, "A-2")));
    Reply overlapping = desk.upload(desk.statement(1100, line(200, "A-2"), line(300, "A-3")));
    Reply within = desk.upload(desk.statement(1100, 1, line(200, "A-2")));

    assertThat(states(overlapping)).as(overlapping.toString()).containsExactly("accepted");
    assertThat(states(within)).containsExactly("duplicate");
    assertThat(desk.run().path("lines").asInt()).isEqualTo(3);
    assertThat(desk.lines(overlapping.text("statements.0.id"))).hasSize(2);
  }

  @Test
  void a_gap_is_quarantined_until_the_statement_between_comes() {
    Desk desk = Desk.at(port);
    desk.upload(desk.statement(1000, 2, line(100, "A-1")));
    Reply later = desk.upload(desk.statement(1300, 0, line(300, "A-3")));
    assertThat(states(later)).containsExactly("quarantined");
    assertThat(later.text("statements.0.problems.0.code")).isEqualTo("not-chained");
    assertThat(later.text("statements.0.problems.0.detail")).contains("2.00 EUR");

    desk.upload(desk.statement(1100, 1, line(200, "A-2")));
    assertThat(desk.get("/statements/" + later.text("statements.0.id")).path("state").asString())
        .isEqualTo("accepted");
    assertThat(desk.run().path("lines").asInt()).isEqualTo(3);
  }

  @Test
  void one_file_sent_eight_times_at_once_is_taken_once() throws Exception {
    Desk desk = Desk.at(port);
    String file = desk.statement(1000, line(100, "A-1"), line(200, "A-2"));
    Callable<List<String>> send = () -> states(taken(desk, file));
    List<String> outcomes = new java.util.ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<List<String>> sent : threads.invokeAll(java.util.Collections.nCopies(8, send))) {
        outcomes.addAll(sent.get());
      }
    }
    assertThat(outcomes).hasSize(8).containsOnlyOnce("accepted").contains("duplicate");
    assertThat(desk.run().path("lines").asInt()).isEqualTo(2);
  }

  // Who waits for the others longer than a lock may be waited for is told to come back.
  private static Reply taken(Desk desk, String file) {
    Reply reply = desk.upload(file);
    for (int again = 0; reply.status() == 503 && again < 20; again++) {
      reply = desk.upload(file);
    }
    return reply;
  }

  @Test
  void a_large_file_is_read_in_the_background() throws IOException {
    Desk desk = Desk.at(port);
    Desk.Line[] lines = new Desk.Line[30_000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = line(100 + i, "A-" + i);
    }
    String large = desk.statement(0, lines).replace("from the bank", "from the bank ".repeat(20));
    assertThat(large.length()).isGreaterThan(8 * 1024 * 1024);
    Reply kept = desk.upload(large);

    assertThat(kept.status()).as(kept.body()).isEqualTo(202);
    String path = "/statement-imports/" + kept.text("importId");
    Desk.await(() -> desk.get(path).has("statements"));
    JsonNode read = desk.get(path).path("statements").path(0);
    assertThat(read.path("state").asString()).isEqualTo("accepted");
    assertThat(read.path("lineCount").asInt()).isEqualTo(30_000);
    assertThat(states(desk.upload(packed(large)))).containsExactly("duplicate");
  }

  @Test
  void a_file_of_some_megabytes_is_answered_when_it_is_read() {
    Desk desk = Desk.at(port);
    Desk.Line[] lines = new Desk.Line[8_000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = line(100 + i, "M-" + i);
    }
    String some = desk.statement(0, lines).replace("from the bank", "from the bank ".repeat(20));
    assertThat(some.length()).isBetween(StatementImports.AT_ONCE_MAX, 8 * 1024 * 1024);
    Reply read = desk.upload(some);
    Reply broken = Desk.at(port).upload(some.replace(":62F:", ":99X:"));

    assertThat(read.status()).as(read.body()).isEqualTo(201);
    assertThat(states(read)).containsExactly("accepted");
    assertThat(broken.problem()).as(broken.body()).isEqualTo("unreadable-statement");
    assertThat(broken.json().path("line").asInt()).isPositive();
  }

  @Test
  void a_form_with_the_file_in_it_is_refused() {
    Desk desk = Desk.at(port);
    Reply refused =
        desk.api
            .as("operator")
            .withoutKey()
            .post(
                "/v1/ledgers/main/statements?source=" + desk.source,
                "--x\r\n\r\n--x--".getBytes(StandardCharsets.UTF_8),
                "multipart/form-data; boundary=x");
    assertThat(refused.problem()).as(refused.body()).isEqualTo("unsupported-media-type");
  }

  @Test
  void lines_and_statements_are_paged_by_keyset() {
    Desk desk = Desk.at(port);
    Desk.Line[] lines = new Desk.Line[25];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = line(i + 1, "P-" + i);
    }
    String id = desk.upload(desk.statement(0, lines)).text("statements.0.id");
    Set<String> seen = new TreeSet<>();
    String next = "";
    do {
      JsonNode page = desk.get("/statements/" + id + "/lines?limit=10&after=" + next);
      Desk.items(page).forEach(it -> seen.add(it.path("id").asString()));
      next = page.path("next").isNull() ? "" : page.path("next").asString();
    } while (!next.isEmpty());
    assertThat(seen).hasSize(25);
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  @Test
  void a_source_is_checked_field_by_field() {
    TestApi api = TestApi.at(port);
    Reply refused =
        api.as("admin")
            .postInMain(
                "/sources",
                """
                {"code": "Not A Code", "name": "", "kind": "bank", "settlementDays": -1,
                 "calendar": "TARGET", "timeZone": "Mars/Olympus", "cutOff": "17:00", "accounts": []}\
                """);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").findValuesAsString("field"))
        .contains("code", "name", "settlementDays", "timeZone", "accounts");
  }

  @Test
  void a_used_code_is_refused_and_so_is_an_account_in_another_currency() {
    Desk desk = Desk.at(port);
    String body =
        """
        {"code": "%s", "name": "x", "kind": "bank", "settlementDays": 1, "calendar": "TARGET",
         "timeZone": "UTC", "cutOff": "17:00",
         "accounts": [{"currency": "%s", "ledgerAccount": "%s"}]}\
        """;
    Reply used =
        desk.api.as("admin").postInMain("/sources", body.formatted(desk.source, "EUR", desk.bank));
    Reply mixed =
        desk.api.as("admin").postInMain("/sources", body.formatted("mixed", "USD", desk.bank));
    Reply unknown =
        desk.api.as("admin").postInMain("/sources", body.formatted("lost", "EUR", "nobody"));
    assertThat(used.problem()).isEqualTo("source-exists");
    assertThat(mixed.problem()).isEqualTo("currency-mismatch");
    assertThat(unknown.problem()).isEqualTo("account-not-found");
  }
}
