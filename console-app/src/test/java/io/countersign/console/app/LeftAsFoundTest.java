package io.countersign.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.payments.PaymentOrder;
import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import io.countersign.model.journal.TransactionKind;
import io.countersign.model.payments.PaymentState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftAsFoundTest {

  private final StandInServer server = new StandInServer();
  @TempDir private Path home;

  @BeforeEach
  void books() {
    new DemoBooks(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Desk desk() {
    return Desk.open(server.address(), DemoBooks.CLOCK, false, home).signIn("operator");
  }

  @Test
  void order_and_width_and_choice_of_columns_survive_a_restart() {
    try (Desk desk = desk()) {
      TableView<?> table = desk.node("#journalTable", TableView.class);
      desk.run(
          () -> {
            move(table, 7, 1);
            table.getColumns().get(2).setPrefWidth(333);
            table.getColumns().get(3).setVisible(false);
          });
      desk.settle();
    }
    try (Desk desk = desk()) {
      TableView<?> table = desk.node("#journalTable", TableView.class);
      desk.await("rows", () -> desk.rows("#journalTable") == 100);
      List<String> ids =
          desk.call(() -> table.getColumns().stream().map(TableColumn::getId).toList());
      assertThat(ids)
          .startsWith("column-number", "column-reference", "column-accounting-day", "column-kind")
          .hasSize(9);
      assertThat(desk.call(() -> table.getColumns().get(2).getWidth())).isEqualTo(333);
      assertThat(desk.call(() -> table.getColumns().get(3).isVisible())).isFalse();
    }
  }

  private static <R> void move(TableView<R> table, int from, int to) {
    table.getColumns().add(to, table.getColumns().remove(from));
  }

  @Test
  void filters_and_order_survive_a_restart_and_reach_the_server() {
    try (Desk desk = desk()) {
      desk.pick("#journalKind", TransactionKind.REFUND);
      desk.run(() -> desk.node("#journalTo", DatePicker.class).setValue(LocalDate.of(2026, 11, 9)));
      desk.go("payments");
      desk.pick("#paymentsState", PaymentState.SUCCEEDED);
      desk.pick("#paymentsOrder", PaymentOrder.AMOUNT);
      desk.settle();
    }
    try (Desk desk = desk()) {
      desk.await("chips", () -> desk.says("Kind: Refund"));
      assertThat(desk.says("Accounting day to 9 Nov 2026")).isTrue();
      var journal = server.asked("GET", "/ledgers/main/transactions").getLast();
      assertThat(journal.filter("kind")).isEqualTo("refund");
      assertThat(journal.filter("to")).isEqualTo("2026-11-09");

      desk.go("payments");
      desk.await("payments", () -> desk.rows("#paymentsTable") == 8);
      var payments = server.asked("GET", "/ledgers/main/payments").getLast();
      assertThat(payments.filter("state")).isEqualTo("succeeded");
      assertThat(payments.filter("sort")).isEqualTo("amount");
    }
  }

  @Test
  void a_view_that_was_kept_is_found_by_its_name_after_a_restart_until_it_is_forgotten() {
    try (Desk desk = desk()) {
      desk.go("payments");
      desk.pick("#paymentsState", PaymentState.SUCCEEDED);
      desk.pick("#paymentsOrder", PaymentOrder.AMOUNT);
      desk.run(() -> views(desk).getItems().getLast().fire());
      desk.await("form", () -> desk.has("#viewForm"));
      desk.type("#viewName", "Big & done");
      desk.click("#viewName-confirm");
      desk.pick("#paymentsState", PaymentState.PENDING_CONFIRMATION);
      desk.pick("#paymentsOrder", PaymentOrder.AGE);
    }
    try (Desk desk = desk()) {
      desk.go("payments");
      desk.await("payments", () -> desk.rows("#paymentsTable") == 8);
      assertThat(desk.call(() -> views(desk).getItems().getFirst().getText()))
          .isEqualTo("Big & done");
      desk.click("#paymentsViews");
      desk.shoot("saved-views");
      desk.press(KeyCode.ESCAPE);
      desk.run(() -> views(desk).getItems().getFirst().fire());
      desk.await("chip", () -> desk.says("State: Succeeded"));
      var asked = server.asked("GET", "/ledgers/main/payments").getLast();
      assertThat(asked.filter("state")).isEqualTo("succeeded");
      assertThat(asked.filter("sort")).isEqualTo("amount");

      desk.run(() -> ((Menu) views(desk).getItems().getLast()).getItems().getFirst().fire());
      desk.click("#paymentsViews");
      desk.press(KeyCode.ESCAPE);
      assertThat(desk.call(() -> views(desk).getItems().size())).isEqualTo(1);
    }
  }

  private static MenuButton views(Desk desk) {
    return desk.node("#paymentsViews", MenuButton.class);
  }

  @Test
  void what_a_spoilt_settings_file_says_is_passed_over() throws Exception {
    Files.writeString(
        home.resolve("console.properties"),
        """
        journal.columns=column-gone/10/true column-kind/wide/true column-amount/44/maybe /
        journal.kind=NO_SUCH_KIND
        journal.from=the day before
        journal.order=SIDEWAYS
        textSize=-3
        """);
    try (Desk desk = desk()) {
      desk.await("rows", () -> desk.rows("#journalTable") == 100);
      assertThat(desk.call(() -> desk.node("#journalTable", TableView.class).getColumns().size()))
          .isEqualTo(9);
      assertThat(desk.has(".chip")).isFalse();
    }
  }

  @Test
  void a_click_on_a_header_asks_the_server_for_that_order() {
    try (Desk desk = desk()) {
      desk.await("rows", () -> desk.rows("#journalTable") == 100);
      desk.header("#journalTable", "column-number");
      desk.await(
          "oldest first",
          () ->
              server
                  .asked("GET", "/ledgers/main/transactions")
                  .getLast()
                  .filter("order")
                  .equals("oldest"));
      assertThat(desk.call(() -> desk.node("#journalOrder", ComboBox.class).getValue()))
          .hasToString("OLDEST");

      desk.go("payments");
      desk.await("payments", () -> desk.rows("#paymentsTable") == 8);
      desk.header("#paymentsTable", "column-amount");
      desk.await("largest first", () -> lastPayments().equals("amount"));
      desk.header("#paymentsTable", "column-amount");
      desk.await("oldest first again", () -> lastPayments().equals("age"));
      desk.shoot("payments-sorted");
    }
  }

  private String lastPayments() {
    return server.asked("GET", "/ledgers/main/payments").stream()
        .filter(asked -> !asked.filter("sort").isEmpty())
        .toList()
        .getLast()
        .filter("sort");
  }

  @Test
  void a_day_is_written_and_one_enter_goes_there() {
    try (Desk desk = desk()) {
      desk.press(KeyCode.CONTROL, KeyCode.G);
      desk.await("form", () -> desk.has("#goToDay"));
      desk.press(KeyCode.CONTROL, KeyCode.A);
      desk.robot().write("not a day", 0);
      desk.awaitWords("Write a day such as 20/11/2026.");
      assertThat(desk.node("#goToDay-confirm").isDisabled()).isTrue();
      desk.press(KeyCode.ENTER);
      assertThat(desk.has("#goToDay")).isTrue();

      desk.press(KeyCode.CONTROL, KeyCode.A);
      desk.robot().write("09/11/2026", 0);
      desk.press(KeyCode.ENTER);
      desk.await("gone", () -> desk.says("Accounting day to 9 Nov 2026"));
    }
  }

  @Test
  void what_is_no_day_in_a_filter_harms_nothing() {
    try (Desk desk = desk()) {
      desk.await("rows", () -> desk.rows("#journalTable") == 100);
      desk.run(() -> desk.node("#journalFrom").requestFocus());
      desk.robot().write("nonsense", 0);
      desk.press(KeyCode.ENTER);
      desk.press(KeyCode.TAB);
      desk.settle();
      assertThat(desk.has(".chip")).isFalse();
    }
  }

  @Test
  void ctrl_g_goes_to_a_day_in_the_journal_from_anywhere() {
    try (Desk desk = desk()) {
      desk.go("payments");
      desk.press(KeyCode.CONTROL, KeyCode.G);
      desk.await("form", () -> desk.has("#goToDay"));
      desk.run(
          () -> desk.node("#goToDay-day", DatePicker.class).setValue(LocalDate.of(2026, 11, 3)));
      assertThat(desk.text("#goToDay-confirm")).isEqualTo("Show 3 Nov 2026");
      desk.shoot("go-to-day");
      desk.click("#goToDay-confirm");

      desk.await("journal", () -> desk.says("Accounting day to 3 Nov 2026"));
      desk.await(
          "asked",
          () ->
              server.asked("GET", "/ledgers/main/transactions").stream()
                  .anyMatch(asked -> asked.filter("to").equals("2026-11-03")));
    }
  }
}
