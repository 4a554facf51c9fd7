package io.countersign.console.adjustments;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.client.ProposedAdjustment;
import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.DemoWork;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import io.countersign.console.testing.StandInServer.Told;
import io.countersign.model.approvals.AdjustmentState;
import io.countersign.model.id.AdjustmentId;
import java.util.UUID;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AdjustmentsViewTest {

  private final StandInServer server = new StandInServer();

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
  void an_adjustment_is_written_until_it_balances_and_then_proposed(boolean dark) {
    server.on(
        "POST",
        "/ledgers/main/adjustments",
        asked ->
            Told.accepted(
                new ProposedAdjustment(
                    new AdjustmentId(new UUID(1, 1)),
                    DemoWork.approvalId(1),
                    AdjustmentState.PENDING_APPROVAL)));
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK, dark).signIn("operator")) {
      desk.press(KeyCode.CONTROL, KeyCode.N);
      desk.await("form", () -> desk.has("#adjustmentForm"));
      desk.type("#adjustmentDescription", "Move card fee");
      desk.type("#adjustmentReason", "Booked to the wrong merchant");
      desk.search("#adjustmentAccount-1", "merchants:bakery");
      desk.type("#adjustmentAmount-1", "25");
      desk.search("#adjustmentAccount-2", "merchants:cinema");
      desk.type("#adjustmentAmount-2", "20");
      assertThat(desk.text("#adjustmentBalance")).isEqualTo("Credit lacks 5.00 EUR");
      assertThat(desk.node("#adjustmentPropose").isDisabled()).isTrue();
      desk.shoot(dark ? "adjustments-dark" : "adjustments-light");

      desk.type("#adjustmentAmount-2", "25");
      assertThat(desk.text("#adjustmentPropose")).isEqualTo("Propose adjustment of 25.00 EUR");
      desk.click("#adjustmentPropose");
      desk.await("proposal", () -> desk.has("#approvalState"));

      JsonNode sent = server.asked("POST", "/ledgers/main/adjustments").getFirst().json();
      assertThat(sent.get("entries")).hasSize(2);
      assertThat(sent.get("entries").get(0).get("direction").asString()).isEqualTo("DEBIT");
    }
  }

  @Test
  void a_draft_is_kept_while_one_looks_at_something_else() {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK).signIn("operator")) {
      desk.go("adjustments");
      desk.click("#adjustmentNew");
      desk.type("#adjustmentDescription", "Half a thought");
      desk.choose("#adjustmentsTable", "Move card fee 2");
      desk.await("form gone", () -> !desk.has("#adjustmentForm"));
      desk.click("#adjustmentNew");

      assertThat(desk.text("#adjustmentDescription")).isEqualTo("Half a thought");
    }
  }
}
