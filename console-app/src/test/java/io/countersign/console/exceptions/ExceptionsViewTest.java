package io.countersign.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.DemoWork;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import io.countersign.console.testing.StandInServer.Asked;
import io.countersign.console.testing.StandInServer.Told;
import io.countersign.model.Page;
import io.countersign.model.reconciliation.ExceptionBulkAnswer;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.ExceptionState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExceptionsViewTest {

  private final StandInServer server = new StandInServer();

  @BeforeEach
  void books() {
    new DemoBooks(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Desk desk() {
    Desk desk = Desk.open(server.address(), DemoBooks.CLOCK).signIn("operator");
    desk.go("exceptions");
    return desk;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void both_sides_stand_side_by_side_with_what_may_explain_them(boolean dark) {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK, dark).signIn("operator")) {
      desk.go("exceptions");
      desk.choose("#exceptionsTable", DemoWork.exceptionId(1).toString());
      desk.await("sides", () -> desk.has("#exceptionSides"));

      assertThat(desk.says("SEPA credit, order 20201")).isTrue();
      assertThat(desk.says("Likelihood 82 of 100")).isTrue();
      desk.shoot(dark ? "exceptions-dark" : "exceptions-light");
    }
  }

  @Test
  void a_candidate_is_chosen_and_matched_with_a_reason() {
    server.on("POST", ".*/match", asked -> Told.ok(Map.of()));
    try (Desk desk = desk()) {
      desk.choose("#exceptionsTable", DemoWork.exceptionId(1).toString());
      desk.await("match button", () -> desk.has("#exceptionMatch"));
      assertThat(desk.node("#exceptionMatch").isDisabled()).isTrue();

      desk.scrollTo("#candidate-0");
      desk.click("#candidate-0");
      desk.scrollTo("#exceptionMatch");
      assertThat(desk.text("#exceptionMatch")).isEqualTo("Match 1 line with 1 transaction…");
      desk.click("#exceptionMatch");
      desk.type("#matchReason", "Order number in the text");
      desk.shoot("match-light");
      desk.click("#matchForm-confirm");
      desk.await("form gone", () -> !desk.has("#matchForm"));

      Asked sent = server.asked("POST", ".*/match").getFirst();
      assertThat(sent.json().get("lines")).hasSize(1);
      assertThat(sent.json().get("transactions")).hasSize(1);
      assertThat(sent.json().get("reason").asString()).isEqualTo("Order number in the text");
    }
  }

  @Test
  void what_is_assigned_to_somebody_else_must_be_taken_over_first() {
    server.on("POST", ".*/assign", asked -> Told.ok(Map.of()));
    try (Desk desk = desk()) {
      desk.pick("#exceptionsState", ExceptionState.ASSIGNED);
      desk.choose("#exceptionsTable", DemoWork.exceptionId(3).toString());
      desk.await("buttons", () -> desk.has("#exceptionDismiss"));
      assertThat(desk.node("#exceptionDismiss").isDisabled()).isTrue();

      desk.click("#exceptionTakeOver");
      desk.await("asked", () -> !server.asked("POST", ".*/assign").isEmpty());

      assertThat(server.asked("POST", ".*/assign").getFirst().json().get("assignee").asString())
          .isEqualTo("operator");
    }
  }

  @Test
  void fifty_exceptions_are_worked_off_without_touching_the_mouse() {
    List<ExceptionCase> open = Collections.synchronizedList(new ArrayList<>());
    for (int number = 1; number <= 50; number++) {
      open.add(DemoWork.exceptionOpen(number));
    }
    server.on(
        "GET",
        "/ledgers/main/exceptions",
        asked -> Told.ok(new Page<>(List.copyOf(open), null, (long) open.size())));
    server.on(
        "GET",
        "/ledgers/main/exceptions/(exc_.*)",
        asked ->
            IntStream.rangeClosed(1, 50)
                .mapToObj(DemoWork::exceptionOpen)
                .filter(one -> one.id().toString().equals(asked.groups().getFirst()))
                .findFirst()
                .map(Told::ok)
                .orElseThrow());
    server.on(
        "POST",
        "/ledgers/main/exceptions/(exc_.*)/match",
        asked -> {
          open.removeIf(one -> one.id().toString().equals(asked.groups().getFirst()));
          return Told.ok(Map.of());
        });
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK).signIn("operator")) {
      desk.press(KeyCode.CONTROL, KeyCode.DIGIT3);
      desk.await("queue", () -> desk.rows("#exceptionsTable") == 50);
      desk.press(KeyCode.HOME);
      for (int left = 50; left > 0; left--) {
        String wanted = "%d exceptions left".formatted(left);
        desk.await(
            wanted, () -> desk.has("#candidate-0") && !desk.node("#candidate-0").isDisabled());
        desk.press(KeyCode.DIGIT1);
        desk.press(KeyCode.M);
        desk.await("form", () -> desk.has("#matchForm"));
        assertThat(desk.text("#matchReason")).as("what the candidate says").startsWith("Same");
        desk.press(KeyCode.CONTROL, KeyCode.ENTER);
        int now = left - 1;
        desk.await("one less", () -> desk.rows("#exceptionsTable") == now);
        desk.await("form closed", () -> !desk.has("#matchForm"));
      }
    }
    assertThat(open).isEmpty();
    assertThat(server.asked("POST", ".*/match").stream().map(Asked::path).distinct()).hasSize(50);
    assertThat(server.asked("POST", ".*/match").stream().map(Asked::key).distinct()).hasSize(50);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_differs_between_the_sides_is_marked(boolean dark) {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK, dark).signIn("operator")) {
      desk.go("exceptions");
      desk.choose("#exceptionsTable", DemoWork.exceptionId(2).toString());
      desk.await("hint", () -> desk.says("Choose a candidate (1 to 9)"));
      desk.press(KeyCode.DIGIT1);
      desk.await("marked", () -> desk.says("≠"));
      assertThat(desk.says("1 day apart")).isTrue();
      assertThat(desk.says("1.50 EUR apart")).isTrue();
      assertThat(desk.nameless()).isEmpty();
      desk.shoot(dark ? "exceptions-compared-dark" : "exceptions-compared-light");
      desk.press(KeyCode.DIGIT2);
      desk.await("another", () -> desk.says("417.50 EUR apart"));
    }
  }

  @Test
  void many_are_dismissed_at_once_with_one_reason_and_each_has_its_outcome() {
    server.on(
        "POST",
        "/ledgers/main/exceptions/bulk",
        asked ->
            Told.ok(
                new ExceptionBulkAnswer(
                    List.of(
                        new ExceptionBulkAnswer.Result(DemoWork.exceptionId(1), 200, null),
                        new ExceptionBulkAnswer.Result(
                            DemoWork.exceptionId(2),
                            409,
                            Map.of("detail", "It is assigned to dana."))))));
    try (Desk desk = desk()) {
      desk.choose("#exceptionsTable", DemoWork.exceptionId(1).toString());
      desk.press(KeyCode.SHIFT, KeyCode.DOWN);
      desk.awaitWords("2 exceptions chosen");
      assertThat(desk.node("#chosenReopen").isDisabled()).isTrue();
      desk.press(KeyCode.D);
      desk.type("#chosenDismissWords", "Test data");
      desk.press(KeyCode.CONTROL, KeyCode.ENTER);
      desk.await("outcome", () -> desk.has("#chosenOutcome"));

      assertThat(desk.text("#chosenOutcome")).isEqualTo("Dismissed 1 exception; 1 refused:");
      assertThat(desk.says("Amount mismatch 1,004.88 EUR: It is assigned to dana.")).isTrue();
      Asked sent = server.asked("POST", ".*/bulk").getFirst();
      assertThat(sent.json().get("action").asString()).isEqualTo("dismiss");
      assertThat(sent.json().get("reason").asString()).isEqualTo("Test data");
      desk.shoot("exceptions-bulk-light");
    }
  }
}
