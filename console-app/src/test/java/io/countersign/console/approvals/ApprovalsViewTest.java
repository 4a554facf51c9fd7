package io.countersign.console.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.DemoWork;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import io.countersign.console.testing.StandInServer.Asked;
import io.countersign.console.testing.StandInServer.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalsViewTest {

  private static final String APPROVE = "/ledgers/main/approvals/apr_.*/approve";

  private final StandInServer server = new StandInServer();

  @BeforeEach
  void books() {
    new DemoBooks(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Desk desk(String user) {
    Desk desk = Desk.open(server.address(), DemoBooks.CLOCK).signIn(user);
    desk.go("approvals");
    return desk;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_proposal_shows_what_will_be_posted_and_balances_before_and_after(boolean dark) {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK, dark).signIn("approver")) {
      desk.go("approvals");
      desk.choose("#approvalsTable", DemoWork.approvalId(3).toString());
      desk.await("impact", () -> desk.has("#approvalImpact"));

      assertThat(desk.says("1,842.50 EUR")).isTrue();
      assertThat(desk.says("-75.00 EUR")).isTrue();
      assertThat(desk.says("1,767.50 EUR")).isTrue();
      desk.shoot(dark ? "approvals-dark" : "approvals-light");
    }
  }

  @Test
  void approving_sends_the_hash_of_what_was_shown_once_and_its_button_says_what_it_does() {
    server.on("POST", APPROVE, asked -> Told.ok(DemoWork.approval(3)));
    try (Desk desk = desk("approver")) {
      desk.choose("#approvalsTable", DemoWork.approvalId(3).toString());
      desk.click("#approvalApprove");
      desk.await("form", () -> desk.has("#approveForm-confirm"));
      assertThat(desk.text("#approveForm-confirm")).isEqualTo("Approve adjustment of 75.00 EUR");
      desk.shoot("approve-light");

      desk.click("#approveForm-confirm");
      desk.await("form gone", () -> !desk.has("#approveForm"));

      Asked sent = server.asked("POST", APPROVE).getFirst();
      assertThat(sent.json().get("contentHash").asString()).startsWith("9f2c4c0e").hasSize(64);
      assertThat(sent.key()).isNotBlank();
      assertThat(server.asked("POST", APPROVE)).hasSize(1);
    }
  }

  @Test
  void ones_own_proposal_can_be_seen_and_not_decided_with_the_reason() {
    try (Desk desk = desk("approver")) {
      desk.choose("#approvalsTable", DemoWork.approvalId(5).toString());
      desk.await("reason", () -> desk.has("#approvalWhyNot"));

      assertThat(desk.text("#approvalWhyNot"))
          .isEqualTo("You proposed this; someone else decides.");
      assertThat(desk.node("#approvalApprove").isDisabled()).isTrue();
      assertThat(desk.node("#approvalWithdraw").isDisabled()).isFalse();
      desk.shoot("approvals-own");
    }
  }

  @Test
  void a_refusal_is_shown_in_the_form_which_stays_open() {
    server.on(
        "POST",
        APPROVE,
        asked -> Told.problem(409, "content-changed", "The proposal was changed meanwhile."));
    try (Desk desk = desk("approver")) {
      desk.choose("#approvalsTable", DemoWork.approvalId(1).toString());
      desk.click("#approvalApprove");
      desk.click("#approveForm-confirm");
      desk.awaitWords("The proposal was changed meanwhile.");

      assertThat(desk.has("#approveForm")).isTrue();
    }
  }
}
