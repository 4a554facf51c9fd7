package io.countersign.console.sagas;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.DemoSagas;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import io.countersign.console.testing.StandInServer.Told;
import io.countersign.model.payments.SagaState;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SagasViewTest {

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
    desk.go("sagas");
    return desk;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_is_stuck_comes_first_with_its_step_and_its_error(boolean dark) {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK, dark).signIn("operator")) {
      desk.await("badge", () -> desk.has("#screen-sagas-count"));
      assertThat(desk.text("#screen-sagas-count")).isEqualTo("2");
      desk.press(KeyCode.CONTROL, KeyCode.DIGIT6);
      desk.await("list", () -> desk.rows("#sagasTable") == 2);
      desk.choose("#sagasTable", DemoSagas.id(DemoSagas.STUCK_REFUND).toString());
      desk.await("steps", () -> desk.has("#sagaSteps"));

      assertThat(desk.text("#sagaStep-3")).isEqualTo("Stuck");
      assertThat(desk.text("#sagaStep-4")).isEqualTo("Waiting");
      assertThat(desk.says("10 attempts")).isTrue();
      assertThat(desk.says("It has stood still for 3 h")).isTrue();
      assertThat(desk.nameless()).isEmpty();
      desk.shoot("sagas" + (dark ? "-dark" : "-light"));

      desk.pick("#sagasState", SagaState.RUNNING);
      desk.choose("#sagasTable", DemoSagas.id(1).toString());
      desk.awaitWords("Next attempt");
      assertThat(desk.says("in 12 min")).isTrue();
      desk.shoot("sagas-running" + (dark ? "-dark" : "-light"));
    }
  }

  @Test
  void a_stuck_one_is_retried_once_by_key_and_leaves_the_queue() {
    server.on("POST", ".*/retry", asked -> Told.accepted(DemoSagas.charge(1)));
    try (Desk desk = desk()) {
      desk.choose("#sagasTable", DemoSagas.id(DemoSagas.STUCK_CHARGE).toString());
      desk.await("button", () -> desk.has("#sagaRetry"));
      server.hold();
      desk.press(KeyCode.R);
      desk.press(KeyCode.R);
      assertThat(desk.node("#sagaRetry").isDisabled()).isTrue();
      server.release();
      desk.await(
          "free again", () -> desk.has("#sagaRetry") && !desk.node("#sagaRetry").isDisabled());
      assertThat(server.asked("POST", ".*/retry")).hasSize(1);
    }
  }

  @Test
  void a_refusal_is_said_above_the_steps() {
    server.on(
        "POST",
        ".*/retry",
        asked -> Told.problem(409, "wrong-state", "The saga is over; nothing is left to do."));
    try (Desk desk = desk()) {
      desk.choose("#sagasTable", DemoSagas.id(DemoSagas.STUCK_CHARGE).toString());
      desk.click("#sagaRetry");
      desk.awaitWords("The saga is over; nothing is left to do.");
    }
  }

  @Test
  void what_is_over_cannot_be_retried_and_says_so() {
    try (Desk desk = desk()) {
      desk.pick("#sagasState", SagaState.DONE);
      desk.choose("#sagasTable", DemoSagas.id(2).toString());
      desk.await("button", () -> desk.has("#sagaRetry"));
      assertThat(desk.node("#sagaRetry").isDisabled()).isTrue();
      assertThat(desk.node("#sagaRetry").getAccessibleHelp())
          .isEqualTo("It is over; nothing is left to do.");
    }
  }

  @Test
  void a_refunds_saga_leads_to_its_payment() {
    try (Desk desk = desk()) {
      desk.choose("#sagasTable", DemoSagas.id(DemoSagas.STUCK_REFUND).toString());
      desk.await("steps", () -> desk.has("#sagaSteps"));
      desk.click("#sagaSubject");
      desk.await("the payment", () -> desk.has("#paymentState"));
      assertThat(desk.text("#paymentState")).isEqualTo("Partially refunded");
    }
  }
}
