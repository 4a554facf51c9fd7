package io.countersign.server.reconciliation;

import static io.countersign.server.reconciliation.Desk.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi.Reply;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ServerTest
class ExceptionsTest {

  private final int port;
  private final JdbcClient jdbc;
  private Desk desk;

  ExceptionsTest(@Value("${local.server.port}") int port, @Autowired JdbcClient jdbc) {
    this.port = port;
    this.jdbc = jdbc;
    this.desk = Desk.at(port);
  }

  @BeforeEach
  void a_desk_of_its_own() {
    desk = Desk.at(port);
  }

  private JsonNode only(String category) {
    List<JsonNode> found = desk.exceptions("&category=" + category);
    assertThat(found).as(category).hasSize(1);
    return found.getFirst();
  }

  @Test
  void a_line_and_a_transaction_with_one_reference_are_matched_with_rule_and_reason() {
    String transaction = desk.post(1250, "RE-2024/0017", 1);
    Reply uploaded = desk.upload(desk.statement(0, line(1250, "RE 2024 0017")));
    JsonNode run = desk.run();

    assertThat(run.path("matched").asInt()).isEqualTo(1);
    assertThat(run.path("exceptions").asInt()).isZero();
    String statement = uploaded.text("statements.0.id");
    assertThat(desk.lineStates(statement)).containsExactly("matched");
    JsonNode match = Desk.items(desk.get("/matches?statement=" + statement)).getFirst();
    assertThat(match.path("rule").asString()).isEqualTo("reference");
    assertThat(match.path("reason").asString()).contains("RE20240017");
    assertThat(match.path("transactions").path(0).asString()).isEqualTo(transaction);
    assertThat(Desk.items(desk.get("/matches?transaction=" + transaction))).hasSize(1);
  }

  @Test
  void a_run_happens_by_itself_when_a_statement_came() {
    desk.post(1250, "AUTO-1", 1);
    String statement = desk.upload(desk.statement(0, line(1250, "AUTO-1"))).text("statements.0.id");
    Desk.await(() -> desk.lineStates(statement).equals(List.of("matched")));
  }

  @Test
  void what_is_inside_the_window_is_awaited_and_what_is_past_it_is_an_exception() {
    desk.post(100, "FRESH-1", 0);
    desk.post(200, "STALE-1", 10);
    JsonNode run = desk.run();

    assertThat(run.path("awaiting").asInt()).isEqualTo(1);
    assertThat(desk.categories()).containsExactly("missing_in_statement");
    assertThat(only("missing_in_statement").path("amount").path("minorUnits").asLong())
        .isEqualTo(200);
  }

  @Test
  void a_run_does_not_look_past_the_day_its_statements_reach() {
    desk.post(100, "COVERED-1", 10);
    desk.post(200, "FOLLOWS-1", 5);
    desk.upload(desk.statement(0, 7, new Desk.Line(300, "ELSE-1", 8)));
    JsonNode run = desk.run();

    assertThat(run.path("awaiting").asInt()).isEqualTo(1);
    assertThat(only("missing_in_statement").path("amount").path("minorUnits").asLong())
        .isEqualTo(100);

    desk.upload(desk.statement(300, 0, new Desk.Line(400, "ELSE-2", 1)));
    desk.run();
    assertThat(desk.exceptions("&category=missing_in_statement")).hasSize(2);
  }

  @Test
  void a_late_line_closes_what_it_explains_and_keeps_the_history() {
    desk.post(200, "STALE-1", 10);
    desk.run();
    JsonNode exception = only("missing_in_statement");
    assertThat(desk.act("operator", exception, "assign", "{\"assignee\": \"dana\"}").status())
        .isEqualTo(200);
    desk.upload(desk.statement(0, line(200, "STALE-1")));
    desk.run();

    JsonNode resolved = desk.get("/exceptions/" + exception.path("id").asString());
    assertThat(resolved.path("state").asString()).isEqualTo("resolved");
    assertThat(resolved.path("resolution").path("type").asString()).isEqualTo("late_line");
    assertThat(resolved.path("history").findValuesAsString("type"))
        .containsExactly("opened", "assigned", "resolved");
  }

  @Test
  void the_categories_that_references_tell() {
    desk.post(500, "SAME-1000", 1);
    desk.post(700, "DIFF-1000", 1);
    desk.post(900, "TIED-1000", 1);
    desk.post(900, "TIED-1000", 1);
    desk.upload(
        desk.statement(
            0,
            line(500, "SAME-1000"),
            line(500, "SAME-1000"),
            line(650, "DIFF-1000"),
            line(900, "TIED-1000"),
            line(1100, "NOBODY-1")));
    desk.run();

    assertThat(desk.categories())
        .containsExactly(
            "ambiguous", "amount_mismatch", "duplicate_in_statement", "missing_in_ledger");
    assertThat(only("amount_mismatch").path("difference").path("minorUnits").asLong())
        .isEqualTo(-50);
    assertThat(only("ambiguous").path("candidates")).hasSize(2);
    assertThat(desk.run().path("exceptions").asInt()).isEqualTo(4);
  }

  @Test
  void a_person_matches_by_hand_what_balances_and_only_that() {
    String first = desk.post(300, "HAND-1", 1);
    String second = desk.post(400, "HAND-2", 1);
    String statement = desk.upload(desk.statement(0, line(700, "OTHER"))).text("statements.0.id");
    desk.run();
    JsonNode exception = only("missing_in_ledger");
    String lineId = exception.path("lines").path(0).asString();
    String body = "{\"lines\": [\"%s\"], \"transactions\": [%s], \"reason\": \"told by phone\"}";

    Reply unequal =
        desk.act("operator", exception, "match", body.formatted(lineId, "\"" + first + "\""));
    assertThat(unequal.status()).isEqualTo(422);
    assertThat(unequal.problem()).isEqualTo("match-does-not-balance");
    assertThat(unequal.json().path("difference").path("minorUnits").asLong()).isEqualTo(400);
    assertThat(desk.get("/exceptions/" + exception.path("id").asString()).path("state").asString())
        .isEqualTo("open");

    Reply matched =
        desk.act(
            "operator",
            exception,
            "match",
            body.formatted(lineId, "\"" + first + "\", \"" + second + "\""));
    assertThat(matched.status()).as(matched.toString()).isEqualTo(200);
    assertThat(matched.text("state")).isEqualTo("resolved");
    assertThat(matched.text("assignee")).isEqualTo("operator");
    assertThat(matched.text("resolution.type")).isEqualTo("match");
    assertThat(desk.lineStates(statement)).containsExactly("matched");
    assertThat(
            Desk.items(desk.get("/matches?transaction=" + second))
                .getFirst()
                .path("rule")
                .asString())
        .isEqualTo("manual");
  }

  @Test
  void nothing_is_matched_twice() {
    String transaction = desk.post(300, "ONCE-1", 1);
    desk.upload(desk.statement(0, line(300, "ONCE-1"), line(300, "OTHER-1")));
    desk.run();
    JsonNode exception = only("missing_in_ledger");
    Reply refused =
        desk.act(
            "operator",
            exception,
            "match",
            "{\"lines\": [\"%s\"], \"transactions\": [\"%s\"], \"reason\": \"x\"}"
                .formatted(exception.path("lines").path(0).asString(), transaction));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("wrong-state");
    assertThat(refused.text("state")).isEqualTo("matched");
  }

  @Test
  void another_s_exception_is_taken_over_by_assigning_it() {
    desk.upload(desk.statement(0, line(300, "LOST-1")));
    desk.run();
    JsonNode exception = only("missing_in_ledger");
    desk.act("operator", exception, "assign", "{\"assignee\": \"dana\"}");

    Reply refused = desk.act("operator", exception, "dismiss", "{\"reason\": \"a fee\"}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("assigned-to-other");
    assertThat(refused.text("assignee")).isEqualTo("dana");

    desk.act("operator", exception, "assign", "{\"assignee\": \"operator\"}");
    assertThat(desk.act("operator", exception, "dismiss", "{\"reason\": \"a fee\"}").text("state"))
        .isEqualTo("resolved");
  }

  @Test
  void whoever_comments_on_an_open_one_takes_it_and_others_may_remark() {
    desk.upload(desk.statement(0, line(300, "LOST-1")));
    desk.run();
    JsonNode exception = only("missing_in_ledger");

    Reply taken = desk.act("operator", exception, "comments", "{\"text\": \"asked the bank\"}");
    assertThat(taken.text("state")).isEqualTo("assigned");
    assertThat(taken.text("assignee")).isEqualTo("operator");

    desk.act("operator", exception, "assign", "{\"assignee\": \"dana\"}");
    Reply remark = desk.act("operator", exception, "comments", "{\"text\": \"they called\"}");
    assertThat(remark.status()).as(remark.toString()).isEqualTo(200);
    assertThat(remark.text("assignee")).isEqualTo("dana");
  }

  @Test
  void what_happens_to_statements_and_exceptions_is_told_outside() {
    String file = desk.statement(0, line(300, "LOST-1"));
    String statement = desk.upload(file).text("statements.0.id");
    desk.run();
    JsonNode exception = only("missing_in_ledger");
    desk.act("operator", exception, "dismiss", "{\"reason\": \"known\"}");
    desk.act("operator", exception, "reopen", "{\"reason\": \"not known after all\"}");
    desk.post(300, "LOST-1", 0);
    desk.run();

    assertThat(told(statement)).containsExactly("statement.accepted accepted");
    assertThat(told(exception.path("id").asString()))
        .containsExactly(
            "exception.opened open",
            "exception.resolved resolved",
            "exception.opened open",
            "exception.resolved resolved");
  }

  private List<String> told(String subject) {
    return jdbc.sql(
            """
            SELECT type || ' ' || (data->>'state') FROM outbox.event
            WHERE subject = ? ORDER BY number
            """)
        .param(subject)
        .query(String.class)
        .list();
  }

  @Test
  void a_cursor_of_another_sort_is_refused() {
    desk.upload(desk.statement(0, line(300, "LOST-1"), line(400, "LOST-2")));
    desk.run();
    String query = "/exceptions?limit=1&source=" + desk.source;
    String next = desk.get(query + "&sort=amount").path("next").asString();
    Reply refused = desk.api.as("auditor").getInMain(query + "&sort=age&after=" + next);
    assertThat(refused.problem()).isEqualTo("invalid-request");
  }

  @Test
  void a_dismissed_exception_stays_away_until_it_is_reopened() {
    desk.upload(desk.statement(0, line(300, "LOST-1")));
    desk.run();
    JsonNode exception = only("missing_in_ledger");
    desk.act("operator", exception, "comments", "{\"text\": \"asked the bank\"}");
    desk.act("operator", exception, "dismiss", "{\"reason\": \"known\"}");
    assertThat(desk.run().path("exceptions").asInt()).isZero();

    Reply again = desk.act("operator", exception, "dismiss", "{\"reason\": \"known\"}");
    assertThat(again.problem()).isEqualTo("wrong-state");
    Reply reopened = desk.act("operator", exception, "reopen", "{\"reason\": \"not known\"}");
    assertThat(reopened.text("state")).isEqualTo("open");
    assertThat(reopened.json().path("history").findValuesAsString("type"))
        .containsExactly("opened", "assigned", "resolved", "reopened");
    assertThat(reopened.json().path("comments").findValuesAsString("text"))
        .containsExactly("asked the bank");
    assertThat(desk.run().path("exceptions").asInt()).isEqualTo(1);
  }

  @Test
  void an_undone_match_is_not_made_again_and_can_be_undone_once() {
    String transaction = desk.post(300, "WRONG-1", 1);
    String statement = desk.upload(desk.statement(0, line(300, "WRONG-1"))).text("statements.0.id");
    desk.run();
    String match =
        Desk.items(desk.get("/matches?transaction=" + transaction))
            .getFirst()
            .path("id")
            .asString();
    String path = "/matches/" + match + "/undo";
    Reply undone = desk.api.as("operator").postInMain(path, "{\"reason\": \"another customer\"}");
    Reply again = desk.api.as("operator").postInMain(path, "{\"reason\": \"another customer\"}");

    assertThat(undone.status()).as(undone.toString()).isEqualTo(200);
    assertThat(undone.json().path("undoneAt").isNull()).isFalse();
    assertThat(again.problem()).isEqualTo("wrong-state");
    desk.run();
    assertThat(desk.lineStates(statement)).containsExactly("excepted");
    assertThat(desk.categories()).containsExactly("missing_in_ledger");
  }

  @Test
  void reopening_what_a_match_resolved_takes_the_match_apart() {
    String transaction = desk.post(300, "HAND-9", 1);
    String statement = desk.upload(desk.statement(0, line(300, "OTHER-9"))).text("statements.0.id");
    desk.run();
    JsonNode exception = only("missing_in_ledger");
    desk.act(
        "operator",
        exception,
        "match",
        "{\"lines\": [\"%s\"], \"transactions\": [\"%s\"], \"reason\": \"same\"}"
            .formatted(exception.path("lines").path(0).asString(), transaction));
    Reply reopened = desk.act("operator", exception, "reopen", "{\"reason\": \"wrong one\"}");

    assertThat(reopened.text("state")).as(reopened.toString()).isEqualTo("open");
    assertThat(
            Desk.items(desk.get("/matches?transaction=" + transaction))
                .getFirst()
                .path("undoneAt")
                .isNull())
        .isFalse();
    desk.run();
    assertThat(desk.lineStates(statement)).containsExactly("excepted");
  }

  @Test
  void the_queue_is_filtered_sorted_and_counted() {
    desk.upload(
        desk.statement(0, line(300, "LOST-AAA"), line(-900, "LOST-BBB"), line(500, "LOST-CCC")));
    desk.run();
    assertThat(desk.get("/exceptions?source=" + desk.source).path("total").asInt()).isEqualTo(3);
    assertThat(desk.exceptions("&sort=amount"))
        .extracting(it -> it.path("amount").path("minorUnits").asLong())
        .containsExactly(-900L, 500L, 300L);
    assertThat(desk.exceptions("&minAmount=400")).hasSize(2);
    assertThat(desk.exceptions("&text=lost-bbb")).hasSize(1);
    assertThat(desk.exceptions("&state=assigned")).isEmpty();
    assertThat(desk.exceptions("&olderThan=P1D")).isEmpty();
    JsonNode first = desk.get("/exceptions?sort=amount&limit=2&source=" + desk.source);
    JsonNode second =
        desk.get(
            "/exceptions?sort=amount&limit=2&source="
                + desk.source
                + "&after="
                + first.path("next").asString());
    assertThat(Desk.items(second))
        .extracting(it -> it.path("amount").path("minorUnits").asLong())
        .containsExactly(300L);
    Reply wrong = desk.api.as("auditor").getInMain("/exceptions?state=nonsense");
    assertThat(wrong.status()).isEqualTo(400);
  }

  @Test
  void a_bulk_gives_each_its_own_outcome() {
    desk.upload(desk.statement(0, line(300, "LOST-1"), line(400, "LOST-2")));
    desk.run();
    List<JsonNode> open = desk.exceptions("&sort=amount");
    desk.act("operator", open.getFirst(), "assign", "{\"assignee\": \"dana\"}");
    Reply bulk =
        desk.api
            .as("operator")
            .postInMain(
                "/exceptions/bulk",
                "{\"action\": \"dismiss\", \"ids\": [\"%s\", \"%s\"], \"reason\": \"known\"}"
                    .formatted(
                        open.getFirst().path("id").asString(),
                        open.getLast().path("id").asString()));
    assertThat(bulk.status()).as(bulk.toString()).isEqualTo(200);
    assertThat(bulk.json().path("results").findValuesAsString("status")).contains("409", "200");
    assertThat(bulk.text("results.0.problem.type")).endsWith("assigned-to-other");
    assertThat(desk.exceptions("&state=resolved")).hasSize(1);
  }

  @Test
  void the_same_input_gives_the_same_matches() {
    for (int i = 0; i < 20; i++) {
      desk.post(100 + i % 3, "DET-" + i % 7, 1);
    }
    Desk.Line[] lines = new Desk.Line[20];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = line(100 + i % 3, "DET-" + i % 7);
    }
    desk.upload(desk.statement(0, lines));
    JsonNode first = desk.run();
    JsonNode second = desk.run();
    assertThat(second.path("matched")).isEqualTo(first.path("matched"));
    assertThat(second.path("exceptions")).isEqualTo(first.path("exceptions"));
    assertThat(first.path("matched").asInt()).isEqualTo(20);
  }
}
