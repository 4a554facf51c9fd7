package io.countersign.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.DemoWork;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import io.countersign.console.testing.StandInServer.Told;
import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people need who use no mouse, or no eyes.
class KeyboardAndReaderTest {

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
  void everything_that_takes_the_focus_has_a_name_for_a_screen_reader() {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK)) {
      assertThat(desk.nameless()).as("sign in").isEmpty();
      desk.signIn("operator");
      desk.choose("#journalTable", "sequence=228");
      desk.await("entries", () -> desk.has("#journalEntries"));
      desk.click("#journalMore");
      assertThat(desk.nameless()).as("journal").isEmpty();
      desk.go("payments");
      desk.choose("#paymentsTable", DemoWork.paymentId(1).toString());
      desk.await("timeline", () -> desk.has("#paymentTimeline"));
      assertThat(desk.nameless()).as("payments").isEmpty();
      desk.click("#paymentsMore");
      desk.press(KeyCode.CONTROL, KeyCode.A);
      assertThat(desk.nameless()).as("all the payments").isEmpty();
      desk.go("sagas");
      assertThat(desk.nameless()).as("sagas").isEmpty();
      desk.go("reconciliation");
      desk.await("sources", () -> desk.says("Sandbox acquirer"));
      assertThat(desk.nameless()).as("reconciliation").isEmpty();
      desk.go("exceptions");
      desk.choose("#exceptionsTable", DemoWork.exceptionId(1).toString());
      desk.await("sides", () -> desk.has("#exceptionSides"));
      assertThat(desk.nameless()).as("exceptions").isEmpty();
      desk.go("approvals");
      desk.choose("#approvalsTable", DemoWork.approvalId(1).toString());
      desk.await("impact", () -> desk.has("#approvalImpact"));
      assertThat(desk.nameless()).as("approvals").isEmpty();
      desk.press(KeyCode.CONTROL, KeyCode.N);
      assertThat(desk.nameless()).as("adjustments").isEmpty();
      desk.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
      desk.await("locked", () -> desk.has("#unlock"));
      assertThat(desk.nameless()).as("locked").isEmpty();
    }
  }

  @Test
  void the_focus_is_in_the_list_at_first_and_after_changing_screens() {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK).signIn("operator")) {
      desk.await("journal", () -> desk.focused().equals("journalTable"));
      desk.press(KeyCode.CONTROL, KeyCode.DIGIT4);
      desk.await("approvals", () -> desk.focused().equals("approvalsTable"));
      desk.press(KeyCode.CONTROL, KeyCode.N);
      desk.await("the form", () -> desk.focused().equals("adjustmentDescription"));
    }
  }

  @Test
  void f6_goes_round_through_navigation_list_and_detail() {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK).signIn("operator")) {
      desk.await("list", () -> desk.focused().equals("journalTable"));
      for (String next : List.of("journalDetailScroll", "screen-journal", "journalTable")) {
        desk.press(KeyCode.F6);
        assertThat(desk.focused()).isEqualTo(next);
      }
    }
  }

  @Test
  void an_answer_that_replaces_the_pressed_button_leaves_the_focus_on_its_successor() {
    server.on("POST", ".*/checks", asked -> Told.accepted(DemoWork.payment(1)));
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK).signIn("operator")) {
      desk.go("payments");
      desk.choose("#paymentsTable", DemoWork.paymentId(1).toString());
      desk.await("button", () -> desk.has("#paymentCheck"));
      desk.run(() -> desk.node("#paymentNote").requestFocus());
      desk.press(KeyCode.F5);
      desk.await("read anew", () -> server.asked("GET", ".*/events").size() >= 2);
      desk.await("the same button", () -> desk.focused().equals("paymentNote"));

      desk.press(KeyCode.SPACE);
      desk.await("form", () -> desk.focused().equals("noteText"));
      desk.press(KeyCode.ESCAPE);
      desk.await("back", () -> desk.focused().equals("paymentNote"));
    }
  }
}
