package io.countersign.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.DemoWork;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import io.countersign.model.payments.PaymentState;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.TableView;
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
  void text_grows_to_24_and_shrinks_to_11_and_stays_readable_without_losing_ones_place() {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK).signIn("operator")) {
      desk.go("payments");
      desk.choose("#paymentsTable", DemoWork.paymentId(1).toString());
      TableView<?> table = desk.node("#paymentsTable", TableView.class);
      double before = desk.call(() -> table.getColumns().getFirst().getWidth());
      for (int step = 0; step < 15; step++) {
        desk.press(KeyCode.CONTROL, KeyCode.PLUS);
      }
      desk.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.D);
      desk.settle();
      desk.shoot("payments-largest-dark");
      assertThat(desk.node(".shell").getScene().getRoot().getStyle()).contains("24px");
      assertThat(desk.call(() -> table.getColumns().getFirst().getWidth()))
          .isCloseTo(before * 24 / 13, within(2.0));

      desk.click("#paymentResolve");
      desk.await("form", () -> desk.has("#resolutionForm"));
      desk.shoot("resolution-largest-dark");
      Bounds button = desk.call(() -> onScene(desk.node("#resolutionForm-confirm")));
      assertThat(button.getMaxY()).as("the button can be reached").isLessThan(768);
      desk.press(KeyCode.ESCAPE);

      for (int step = 0; step < 20; step++) {
        desk.press(KeyCode.CONTROL, KeyCode.MINUS);
      }
      desk.shoot("payments-smallest-dark");
      assertThat(desk.node(".shell").getScene().getRoot().getStyle()).contains("11px");
      assertThat(desk.has("#paymentsTable")).isTrue();
    }
  }

  private static Bounds onScene(Node node) {
    return node.localToScene(node.getBoundsInLocal());
  }

  @Test
  void what_is_running_is_shown_and_can_be_cancelled_one_by_one() {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK).signIn("operator")) {
      desk.await("rows", () -> desk.rows("#journalTable") == 100);
      desk.await("quiet", () -> !desk.has("#tasksButton"));
      server.hold();
      desk.press(KeyCode.F5);
      desk.await("running", () -> desk.has("#tasksButton"));
      desk.press(KeyCode.CONTROL, KeyCode.J);
      desk.await("both are listed", () -> desk.runningTasks().size() == 2);
      desk.shoot("running-tasks");
      assertThat(desk.runningTasks()).contains("Loading the journal", "Counting queues");

      desk.cancelTask("Loading the journal");
      desk.await("one is left", () -> desk.runningTasks().equals(List.of("Counting queues")));
      server.release();
      desk.await("none is left", () -> desk.runningTasks().isEmpty());
      desk.await("quiet again", () -> !desk.has("#tasksButton"));
    }
  }

  @Test
  void a_window_of_german_people_writes_amounts_their_way() {
    try (Desk desk =
        Desk.openIn(Locale.GERMANY, server.address(), DemoBooks.CLOCK).signIn("operator")) {
      desk.choose("#journalTable", "sequence=221");
      desk.await("entries", () -> desk.has("#journalEntries"));
      desk.choose("#journalTable", "sequence=220");
      desk.await("amount", () -> desk.says("2.431,80 EUR"));
      desk.shoot("journal-german");

      desk.go("payments");
      desk.pick("#paymentsState", PaymentState.SUCCEEDED);
      desk.choose("#paymentsTable", DemoWork.paymentId(2).toString());
      desk.click("#paymentRefund");
      desk.type("#refundReason", "Zurückgegeben");
      desk.type("#refundAmount", "10.50");
      assertThat(desk.node("#refundForm-confirm").isDisabled()).isTrue();
      desk.type("#refundReason", "Wieder da");
      desk.awaitWords("Write an amount such as 1.234,56.");
      desk.shoot("refund-refused-german");
      desk.type("#refundAmount", "10,50");
      assertThat(desk.text("#refundForm-confirm")).isEqualTo("Refund 10,50 EUR");
    }
  }

  @Test
  void a_warning_about_styles_would_be_heard() {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK)) {
      desk.plant("-fx-text-fill: -no-such-colour; -fx-padding: many;");
      assertThat(desk.silence()).as("what was planted").isNotEmpty();
    }
  }
}
