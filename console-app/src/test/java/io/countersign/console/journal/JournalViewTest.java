package io.countersign.console.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import io.countersign.console.testing.StandInServer.Asked;
import io.countersign.console.testing.StandInServer.Told;
import io.countersign.model.journal.TransactionKind;
import java.util.List;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalViewTest {

  private static final String LIST = "/ledgers/main/transactions";

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
    return Desk.open(server.address(), DemoBooks.CLOCK).signIn("operator");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_transaction_is_shown_as_debits_and_credits(boolean dark) {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK, dark).signIn("operator")) {
      desk.choose("#journalTable", "sequence=228");
      desk.await("entries", () -> desk.has("#journalEntries"));

      assertThat(desk.says("providers:sandbox:eur")).isTrue();
      assertThat(desk.says("Transaction 228")).isTrue();
      desk.shoot(dark ? "journal-dark" : "journal-light");
    }
  }

  @Test
  void further_pages_come_as_one_scrolls_and_by_cursor() {
    try (Desk desk = desk()) {
      TableView<?> table = desk.node("#journalTable", TableView.class);
      desk.await("first page", () -> table.getItems().size() == 100);

      desk.run(() -> table.scrollTo(99));
      desk.await("second page", () -> table.getItems().size() == 200);

      assertThat(server.asked("GET", LIST).getLast().filter("after")).isEqualTo("100");
    }
  }

  @Test
  void filters_are_the_servers_and_show_as_chips() {
    try (Desk desk = desk()) {
      desk.await("rows", () -> desk.rows("#journalTable") == 100);
      desk.pick("#journalKind", TransactionKind.REFUND);
      desk.await("chip", () -> desk.has(".chip"));

      assertThat(desk.text(".chip")).isEqualTo("Kind: Refund");
      desk.await("fewer rows", () -> desk.rows("#journalTable") == 38);
      Asked last = server.asked("GET", LIST).getLast();
      assertThat(last.filter("kind")).isEqualTo("refund");

      desk.click(".chip");
      desk.await("all rows", () -> desk.rows("#journalTable") == 100);
    }
  }

  @Test
  void nothing_found_and_failed_look_different_and_failed_can_be_tried_again() {
    try (Desk desk = desk()) {
      desk.type("#journalSearch", "no such words");
      desk.press(KeyCode.ENTER);
      desk.awaitWords("No transactions");

      server.on("GET", LIST, asked -> Told.problem(500, "internal", "Correlation 4711."));
      desk.press(KeyCode.F5);
      desk.awaitWords("Could not load transactions");
      desk.shoot("journal-failed");

      new DemoBooks(server);
      desk.click("#retry-transactions");
      desk.awaitWords("No transactions");
    }
  }

  @Test
  void rows_that_arrive_above_neither_push_ones_place_away_nor_change_the_choice() {
    try (Desk desk = desk()) {
      TableView<?> table = desk.node("#journalTable", TableView.class);
      desk.await("first page", () -> table.getItems().size() == 100);
      desk.choose("#journalTable", "sequence=190");
      desk.press(KeyCode.SHIFT, KeyCode.DOWN);
      VirtualFlow<?> flow = (VirtualFlow<?>) desk.call(() -> table.lookup(".virtual-flow"));
      String top = desk.call(() -> flow.getFirstVisibleCell().getItem().toString());
      assertThat(top).contains("sequence=190");

      DemoBooks.grow(server, 7);
      desk.press(KeyCode.F5);
      desk.await("new rows", () -> table.getItems().getFirst().toString().contains("sequence=237"));

      assertThat(desk.call(() -> flow.getFirstVisibleCell().getItem().toString())).isEqualTo(top);
      assertThat(desk.call(() -> List.copyOf(table.getSelectionModel().getSelectedItems())))
          .extracting(Object::toString)
          .hasSize(2)
          .anyMatch(row -> row.contains("sequence=190"))
          .anyMatch(row -> row.contains("sequence=189"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyCode.class,
      names = {"F10", "CONTEXT_MENU"})
  void the_menu_key_offers_what_can_be_done_with_the_chosen_one(KeyCode key) {
    try (Desk desk = desk()) {
      desk.choose("#journalTable", "sequence=228");
      desk.await("detail", () -> desk.has("#journalReverse"));
      desk.press(key == KeyCode.F10 ? new KeyCode[] {KeyCode.SHIFT, key} : new KeyCode[] {key});
      ContextMenu menu =
          desk.call(() -> desk.node("#journalTable", TableView.class).getContextMenu());
      desk.await("menu", menu::isShowing);
      assertThat(menu.getItems())
          .extracting(MenuItem::getText)
          .containsExactly("Propose reversal…", null, "Copy rows", "Copy cell");
      desk.shoot("journal-menu");
      desk.press(KeyCode.ENTER);
      desk.await("form", () -> desk.has("#reversalForm"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_is_held_is_never_shown_as_what_has_moved(boolean dark) {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK, dark).signIn("operator")) {
      desk.choose("#journalTable", "sequence=225");
      desk.await("entries", () -> desk.has("#journalEntries"));
      assertThat(desk.says("Held, not posted")).isTrue();
      assertThat(desk.says("Total held")).isTrue();
      assertThat(desk.node("#journalReverse").isDisabled()).isTrue();
      assertThat(amount(desk, 225)).isEqualTo("80.00 EUR");
      desk.shoot(dark ? "journal-hold-dark" : "journal-hold-light");

      desk.choose("#journalTable", "sequence=219");
      desk.await("the other", () -> desk.says("Transaction 219"));
      assertThat(amount(desk, 219)).as("what was captured").isEqualTo("52.50 EUR");
      desk.click("#journalTAccounts");
      assertThat(desk.call(() -> desk.node("#journalEntries").lookupAll(".t-account")).size())
          .as("two accounts, each posted and held")
          .isEqualTo(4);
      desk.shoot(dark ? "journal-capture-dark" : "journal-capture-light");
      desk.choose("#journalTable", "sequence=218");
      desk.await("the next", () -> desk.says("Transaction 218"));
      assertThat(desk.call(() -> desk.node("#journalEntries").lookupAll(".t-account")).size())
          .as("the way it is looked at stays")
          .isEqualTo(2);
    }
  }

  private static String amount(Desk desk, int sequence) {
    return desk.call(
        () -> {
          TableView<?> table = desk.node("#journalTable", TableView.class);
          int row = 230 - sequence;
          return table.getColumns().stream()
              .filter(column -> "column-amount".equals(column.getId()))
              .map(column -> String.valueOf(column.getCellData(row)))
              .findFirst()
              .orElseThrow();
        });
  }

  @Test
  void rows_are_copied_as_tab_separated_text_and_the_choice_survives_a_refresh() {
    try (Desk desk = desk()) {
      desk.choose("#journalTable", "sequence=227");
      desk.press(KeyCode.F5);
      desk.settle();
      desk.press(KeyCode.CONTROL, KeyCode.C);

      String copied = desk.call(() -> Clipboard.getSystemClipboard().getString());
      assertThat(copied)
          .startsWith("227\t")
          .contains("\tTransaction\tTop-up of a wallet\t486.13 EUR\tbank:eur\t");
    }
  }
}
