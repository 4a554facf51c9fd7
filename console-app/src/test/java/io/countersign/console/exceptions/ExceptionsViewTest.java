package io.countersign.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.DemoWork;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import io.countersign.console.testing.StandInServer.Asked;
import io.countersign.console.testing.StandInServer.Told;
import io.countersign.model.reconciliation.ExceptionState;
import java.util.Map;
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
}
