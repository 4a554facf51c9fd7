package io.countersign.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.HandClock;
import io.countersign.console.testing.StandInServer;
import io.countersign.console.testing.StandInServer.Told;
import io.countersign.model.identity.Session;
import java.time.Duration;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdleLockTest {

  private final StandInServer server = new StandInServer();
  private final HandClock clock = new HandClock();

  @BeforeEach
  void books() {
    new DemoBooks(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_window_nobody_touches_hides_everything_and_keeps_ones_place(boolean dark) {
    try (Desk desk = Desk.open(server.address(), clock, dark).signIn("operator")) {
      desk.press(KeyCode.CONTROL, KeyCode.N);
      desk.type("#adjustmentDescription", "Half a thought");
      clock.pass(Desk.LOCK_AFTER.minusSeconds(1));
      desk.press(KeyCode.SHIFT);
      clock.pass(Desk.LOCK_AFTER.minusSeconds(1));
      assertThat(desk.has("#adjustmentForm")).as("a key was pressed in between").isTrue();

      clock.pass(Duration.ofSeconds(1));
      desk.await("locked", () -> desk.has("#unlock"));
      assertThat(desk.says("Journal")).isFalse();
      assertThat(desk.has("#adjustmentForm")).isFalse();
      assertThat(desk.says("Locked for Operator")).isTrue();
      desk.type("#unlockPassword", "guessed");
      desk.press(KeyCode.ENTER);
      desk.awaitWords("The password is wrong.");
      desk.shoot(dark ? "locked-dark" : "locked-light");

      desk.type("#unlockPassword", Desk.PASSWORD);
      desk.press(KeyCode.ENTER);
      desk.await("open", () -> desk.has("#adjustmentForm"));
      assertThat(desk.text("#adjustmentDescription")).isEqualTo("Half a thought");
    }
  }

  @Test
  void the_first_key_after_a_long_sleep_does_nothing_but_lock() {
    try (Desk desk = Desk.open(server.address(), clock).signIn("operator")) {
      clock.pass(Duration.ofHours(9));
      desk.press(KeyCode.CONTROL, KeyCode.DIGIT2);

      desk.await("locked", () -> desk.has("#unlock"));
      desk.type("#unlockPassword", Desk.PASSWORD);
      desk.click("#unlock");
      desk.await("as it was", () -> desk.has("#journalTable"));
    }
  }

  @Test
  void a_session_that_the_server_ended_is_renewed_with_the_password_and_the_place_kept() {
    try (Desk desk = Desk.open(server.address(), clock).signIn("operator")) {
      desk.choose("#journalTable", "sequence=201");
      server.on(
          "GET", "/ledgers/main/.*", asked -> Told.problem(401, "unauthenticated", "Expired."));
      desk.press(KeyCode.F5);
      desk.awaitWords("Your session has ended.");
      assertThat(desk.has("#journalTable")).isFalse();

      new DemoBooks(server);
      desk.type("#unlockPassword", Desk.PASSWORD);
      desk.click("#unlock");
      desk.await("open", () -> desk.has("#journalTable"));
      TableView<?> table = desk.node("#journalTable", TableView.class);
      desk.await("rows", () -> table.getItems().size() == 100);
      assertThat(desk.call(() -> table.getSelectionModel().getSelectedItem()).toString())
          .contains("sequence=201");
    }
  }

  @Test
  void whoever_gave_or_lost_rights_meanwhile_starts_anew_with_what_they_have_now() {
    try (Desk desk = Desk.open(server.address(), clock).signIn("operator")) {
      desk.go("payments");
      desk.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
      desk.await("locked", () -> desk.has("#unlock"));
      server.on(
          "POST",
          "/sessions",
          asked ->
              Told.created(
                  new Session(
                      "another", DemoBooks.NOW.plusSeconds(60), DemoBooks.profile("approver"))));
      desk.type("#unlockPassword", Desk.PASSWORD);
      desk.click("#unlock");

      desk.await("first screen", () -> desk.has("#journalTable"));
      assertThat(desk.says("Approver · Approver")).isTrue();
    }
  }

  @Test
  void somebody_else_can_sign_in_instead() {
    try (Desk desk = Desk.open(server.address(), clock).signIn("operator")) {
      desk.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
      desk.click("#unlockSignOut");
      desk.await("form", () -> desk.has("#signIn"));
      clock.pass(Duration.ofHours(1));
      desk.press(KeyCode.SHIFT);
      assertThat(desk.has("#signIn")).as("there is nothing to lock").isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "480,480", "'',15", "0,15", "481,15", "-5,15", "never,15", "99999999999,15"})
  void nothing_that_is_written_turns_the_lock_off(String written, int minutes) {
    assertThat(ConsoleApplication.lockAfter(written)).isEqualTo(Duration.ofMinutes(minutes));
  }
}
