package io.countersign.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShellTest {

  private final StandInServer server = new StandInServer();

  @BeforeEach
  void books() {
    new DemoBooks(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void every_screen_has_its_key() {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK).signIn("operator")) {
      desk.press(KeyCode.CONTROL, KeyCode.DIGIT2);
      desk.await("payments", () -> desk.has("#paymentsTable"));
      desk.press(KeyCode.CONTROL, KeyCode.DIGIT3);
      desk.await("exceptions", () -> desk.has("#exceptionsTable"));
      desk.press(KeyCode.CONTROL, KeyCode.DIGIT4);
      desk.await("approvals", () -> desk.has("#approvalsTable"));
      desk.press(KeyCode.CONTROL, KeyCode.DIGIT5);
      desk.await("adjustments", () -> desk.has("#adjustmentsTable"));
      desk.press(KeyCode.CONTROL, KeyCode.DIGIT1);
      desk.await("journal", () -> desk.has("#journalTable"));
    }
  }

  @Test
  void commands_are_found_by_name_and_run_with_enter() {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK).signIn("operator")) {
      desk.press(KeyCode.CONTROL, KeyCode.K);
      desk.await("palette", () -> desk.has("#commandPalette"));
      desk.type("#commandText", "exc");
      desk.shoot("palette");
      desk.press(KeyCode.ENTER);
      desk.await("exceptions", () -> desk.has("#exceptionsTable"));
    }
  }

  @Test
  void escape_closes_a_form_and_f1_lists_all_keys() {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK).signIn("operator")) {
      desk.press(KeyCode.F1);
      desk.await("keys", () -> desk.has("#keyboardHelp"));
      desk.shoot("keys");
      desk.press(KeyCode.ESCAPE);
      desk.await("closed", () -> !desk.has("#keyboardHelp"));
    }
  }

  @Test
  void text_grows_and_the_theme_turns_dark_without_losing_ones_place() {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK).signIn("operator")) {
      desk.go("payments");
      for (int step = 0; step < 5; step++) {
        desk.press(KeyCode.CONTROL, KeyCode.PLUS);
      }
      desk.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.D);
      desk.settle();
      desk.shoot("payments-large-dark");

      assertThat(desk.has("#paymentsTable")).isTrue();
      assertThat(desk.node(".shell").getScene().getRoot().getStyle()).contains("18px");
    }
  }
}
