package io.countersign.console.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.DemoStatements;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import io.countersign.console.testing.StandInServer.Asked;
import io.countersign.console.testing.StandInServer.Told;
import io.countersign.model.id.RunId;
import io.countersign.model.reconciliation.Reconciliation;
import io.countersign.model.reconciliation.RunState;
import io.countersign.model.reconciliation.StatementImport;
import io.countersign.model.reconciliation.StatementState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconciliationViewTest {

  private final StandInServer server = new StandInServer();
  @TempDir private Path folder;

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
    desk.go("reconciliation");
    desk.await("statements", () -> desk.rows("#statementsTable") == 12);
    return desk;
  }

  private File file(String name) throws IOException {
    return Files.writeString(folder.resolve(name), "a statement called " + name).toFile();
  }

  private static void chooseSource(Desk desk, int index) {
    ComboBox<?> box = desk.node("#statementsSource", ComboBox.class);
    desk.await("sources", () -> desk.call(() -> box.getItems().size()) == 3);
    desk.run(() -> box.getSelectionModel().select(index));
    desk.settle();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_statement_shows_its_sum_its_lines_and_what_explains_each(boolean dark) {
    String look = dark ? "-dark" : "-light";
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK, dark).signIn("operator")) {
      desk.press(KeyCode.CONTROL, KeyCode.DIGIT7);
      desk.await("the sources", () -> desk.says("Sandbox acquirer"));
      assertThat(desk.nameless()).isEmpty();
      desk.shoot("reconciliation-sources" + look);

      desk.choose("#statementsTable", DemoStatements.id(1).toString());
      desk.await("lines", () -> desk.has("#linesTable") && desk.rows("#linesTable") == 40);
      assertThat(desk.says("12,600.00 EUR")).as("opening").isTrue();
      assertThat(desk.says("+100.00 EUR")).as("what the lines come to").isTrue();
      desk.choose("#linesTable", DemoStatements.lineId(1).toString());
      desk.await("its match", () -> desk.says("ORDER-20001 is named by both"));
      desk.shoot("reconciliation" + look);
      desk.choose("#linesTable", DemoStatements.lineId(3).toString());
      desk.awaitWords("Nothing explains it: it waits in Exceptions.");
      assertThat(desk.node("#lineUndo").isDisabled()).isTrue();

      desk.pick("#statementsState", StatementState.QUARANTINED);
      desk.choose("#statementsTable", DemoStatements.id(DemoStatements.QUARANTINED).toString());
      desk.await("why", () -> desk.has("#statementProblems"));
      assertThat(desk.says("1.50 is missing")).isTrue();
      assertThat(desk.says("+100.00 EUR")).as("no sum that would hide it").isFalse();
      desk.shoot("reconciliation-quarantined" + look);
    }
  }

  @Test
  void files_that_are_dropped_are_read_one_after_the_other_and_watched() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch seen = new CountDownLatch(1);
    server.on(
        "POST",
        "/ledgers/main/statements",
        asked ->
            asked.filter("fileName").equals("large.xml")
                ? Told.accepted(new StatementImport("imp_9", null, null))
                : Told.created(
                    new StatementImport(
                        "imp_10",
                        100,
                        List.of(DemoStatements.statement(DemoStatements.QUARANTINED)))));
    server.on(
        "GET",
        "/ledgers/main/statement-imports/imp_9",
        asked -> {
          if (looks.incrementAndGet() == 1) {
            return Told.ok(new StatementImport("imp_9", 40, null));
          }
          await(seen);
          return Told.ok(new StatementImport("imp_9", 100, List.of(DemoStatements.statement(1))));
        });
    try (Desk desk = desk()) {
      chooseSource(desk, 1);
      desk.drop("#reconciliationPage", List.of(file("large.xml"), file("small.sta")));
      desk.awaitWords("Being read: 40 %.");
      assertThat(desk.says("Waiting its turn.")).isTrue();
      assertThat(desk.nameless()).isEmpty();
      desk.shoot("reconciliation-import-light");
      seen.countDown();
      desk.awaitWords("1 statement with 40 lines.");
      desk.awaitWords("1 statement quarantined: opening 13,200.00");
      desk.shoot("reconciliation-imported-light");

      List<Asked> sent = server.asked("POST", "/ledgers/main/statements");
      assertThat(sent).extracting(asked -> asked.filter("source")).containsOnly("house-bank");
      assertThat(sent)
          .extracting(Asked::body)
          .containsExactly("a statement called large.xml", "a statement called small.sta");
      desk.click("#importClose-1");
      desk.click("#importClose-2");
      assertThat(desk.has("#reconciliationWork")).isFalse();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody looked");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void with_no_source_chosen_a_dropped_file_asks_whom_it_is_from_and_a_refusal_can_be_tried_again()
      throws Exception {
    server.on(
        "POST",
        "/ledgers/main/statements",
        asked ->
            Told.problem(
                422, "unreadable-statement", "Line 3, column 7: there is no balance here."));
    try (Desk desk = desk()) {
      desk.await("sources", () -> desk.says("Sandbox acquirer"));
      desk.drop("#reconciliationPage", List.of(file("odd.txt")));
      desk.await("form", () -> desk.has("#importForm"));
      assertThat(desk.node("#importForm-confirm").isDisabled()).isTrue();
      desk.run(() -> desk.node("#importSource", ComboBox.class).getSelectionModel().select(0));
      assertThat(desk.text("#importForm-confirm")).isEqualTo("Read odd.txt from House bank");
      desk.shoot("reconciliation-form-light");
      desk.press(KeyCode.CONTROL, KeyCode.ENTER);
      desk.awaitWords("Line 3, column 7: there is no balance here.");

      server.on(
          "POST",
          "/ledgers/main/statements",
          asked ->
              Told.created(
                  new StatementImport("imp_1", 100, List.of(DemoStatements.statement(2)))));
      desk.click("#importAgain-1");
      desk.awaitWords("1 statement with 40 lines.");
    }
  }

  @Test
  void a_file_that_is_not_there_is_not_sent() {
    try (Desk desk = desk()) {
      desk.await("sources", () -> desk.says("Sandbox acquirer"));
      desk.click("#statementImport");
      desk.run(() -> desk.node("#importSource", ComboBox.class).getSelectionModel().select(0));
      desk.type("#importFiles", folder.resolve("gone.xml").toString());
      assertThat(desk.node("#importForm-confirm").isDisabled()).isTrue();
      assertThat(desk.text("#importForm-why-not")).endsWith("gone.xml that can be read.");
    }
  }

  @Test
  void a_run_is_followed_to_its_end_and_started_once() {
    RunId id = new RunId(new UUID(1, 2));
    AtomicInteger looks = new AtomicInteger();
    server.on("POST", "/ledgers/main/reconciliations", asked -> Told.accepted(run(id, false)));
    server.on(
        "GET",
        "/ledgers/main/reconciliations/" + id,
        asked -> Told.ok(run(id, looks.incrementAndGet() > 1)));
    try (Desk desk = desk()) {
      assertThat(desk.node("#reconcileNow").isDisabled()).isTrue();
      chooseSource(desk, 1);
      desk.click("#reconcileNow");
      desk.awaitWords("134 lines: 120 matched, 9 awaiting, 5 exceptions.");
      desk.await("can be started again", () -> !desk.node("#reconcileNow").isDisabled());
      assertThat(server.asked("POST", "/ledgers/main/reconciliations")).hasSize(1);
      assertThat(looks.get()).isEqualTo(2);
      desk.click("#runClose");
      assertThat(desk.has("#reconciliationWork")).isFalse();
    }
  }

  private static Reconciliation run(RunId id, boolean over) {
    return new Reconciliation(
        id,
        over ? RunState.FINISHED : RunState.RUNNING,
        over ? 100 : 55,
        134,
        over ? 120 : 60,
        over ? 9 : 1,
        over ? 5 : 2,
        DemoBooks.NOW,
        over ? DemoBooks.NOW : null);
  }

  @Test
  void a_match_is_undone_with_a_reason() {
    server.on("POST", "/ledgers/main/matches/(mat_.*)/undo", asked -> Told.ok(Map.of()));
    try (Desk desk = desk()) {
      desk.choose("#statementsTable", DemoStatements.id(1).toString());
      desk.await("lines", () -> desk.has("#linesTable") && desk.rows("#linesTable") == 40);
      desk.choose("#linesTable", DemoStatements.lineId(1).toString());
      desk.await("its match", () -> desk.says("ORDER-20001 is named by both"));
      desk.press(KeyCode.U);
      desk.await("form", () -> desk.has("#undoForm"));
      desk.type("#undoReason", "The wrong order");
      desk.press(KeyCode.CONTROL, KeyCode.ENTER);
      desk.await("closed", () -> !desk.has("#undoForm"));

      Asked sent = server.asked("POST", ".*/undo").getFirst();
      assertThat(sent.json().get("reason").asString()).isEqualTo("The wrong order");
      assertThat(desk.rows("#linesTable")).as("read anew, not lost").isEqualTo(40);
    }
  }
}
