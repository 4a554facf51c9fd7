package io.countersign.console.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.DemoHistories;
import io.countersign.console.testing.DemoWork;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import io.countersign.console.testing.StandInServer.Asked;
import io.countersign.console.testing.StandInServer.Told;
import io.countersign.console.ui.MinimumAge;
import io.countersign.model.Money;
import io.countersign.model.approvals.Proposed;
import io.countersign.model.id.RefundId;
import io.countersign.model.payments.PaymentBulkAnswer;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.Refund;
import io.countersign.model.payments.RefundState;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentsViewTest {

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
    desk.go("payments");
    return desk;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_waits_for_confirmation_comes_first_with_all_that_happened(boolean dark) {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK, dark).signIn("operator")) {
      desk.await("badge", () -> desk.has("#screen-payments-count"));
      assertThat(desk.text("#screen-payments-count")).isEqualTo("8");
      desk.go("payments");
      desk.choose("#paymentsTable", DemoWork.paymentId(1).toString());
      desk.await("timeline", () -> desk.has("#paymentTimeline"));

      assertThat(desk.rows("#paymentsTable")).isEqualTo(8);
      assertThat(desk.node("#paymentRefund").isDisabled()).isTrue();
      desk.shoot(dark ? "payments-dark" : "payments-light");
    }
  }

  @Test
  void the_provider_is_asked_once_however_often_the_button_is_pressed_and_the_key_is_kept() {
    server.on("POST", ".*/checks", asked -> Told.accepted(DemoWork.payment(1)));
    try (Desk desk = desk()) {
      desk.choose("#paymentsTable", DemoWork.paymentId(1).toString());
      desk.await("button", () -> desk.has("#paymentCheck"));
      server.hold();
      desk.click("#paymentCheck");

      assertThat(desk.node("#paymentCheck").isDisabled()).isTrue();
      server.release();
      desk.await(
          "free again",
          () -> desk.has("#paymentCheck") && !desk.node("#paymentCheck").isDisabled());
      assertThat(server.asked("POST", ".*/checks")).hasSize(1);
    }
  }

  @Test
  void after_silence_the_same_wish_goes_out_under_the_same_key() {
    server.on("POST", ".*/checks", asked -> Told.accepted(DemoWork.payment(1)));
    try (Desk desk = desk()) {
      desk.choose("#paymentsTable", DemoWork.paymentId(1).toString());
      desk.await("button", () -> desk.has("#paymentCheck"));
      server.silent(true);
      desk.click("#paymentCheck");
      desk.await("banner", () -> desk.says("The server does not answer"));
      assertThat(desk.node("#paymentResolve").isDisabled()).isTrue();
      desk.shoot("connection-lost");

      server.silent(false);
      desk.await("banner gone", () -> !desk.says("The server does not answer"));
      desk.await(
          "button", () -> desk.has("#paymentCheck") && !desk.node("#paymentCheck").isDisabled());
      desk.click("#paymentCheck");
      desk.settle();

      assertThat(server.asked("POST", ".*/checks")).extracting(Asked::key).hasSizeGreaterThan(1);
      assertThat(server.asked("POST", ".*/checks").stream().map(Asked::key).distinct()).hasSize(1);
    }
  }

  @Test
  void a_resolution_is_proposed_with_its_evidence_and_its_proposal_is_opened() {
    server.on(
        "POST", ".*/resolutions", asked -> Told.accepted(new Proposed(DemoWork.approvalId(2))));
    try (Desk desk = desk()) {
      desk.choose("#paymentsTable", DemoWork.paymentId(1).toString());
      desk.click("#paymentResolve");
      desk.await("form", () -> desk.has("#resolutionForm"));
      desk.click("#resolutionSucceeded");
      desk.type("#resolutionReason", "The payout report lists it.");
      desk.type("#resolutionReference", "sb_88001");
      desk.type("#resolutionNote", "Payout report of 19 November, line 14");
      assertThat(desk.text("#resolutionForm-confirm"))
          .isEqualTo("Propose that 62.27 EUR was charged");
      desk.shoot("resolution-light");
      desk.click("#resolutionForm-confirm");
      desk.await("proposal", () -> desk.has("#approvalState"));

      Asked sent = server.asked("POST", ".*/resolutions").getFirst();
      assertThat(sent.json().get("outcome").asString()).isEqualTo("succeeded");
      assertThat(sent.json().get("evidence").get("providerReference").asString())
          .isEqualTo("sb_88001");
      assertThat(desk.has("#approvalWhyNot")).isTrue();
    }
  }

  @Test
  void a_refund_says_its_amount_and_refuses_what_cannot_be_read_or_is_too_much() {
    server.on(
        "POST",
        ".*/refunds",
        asked ->
            Told.created(
                new Refund(
                    new RefundId(new UUID(1, 1)),
                    DemoWork.paymentId(2),
                    RefundState.SUCCEEDED,
                    Money.of(1_000, "EUR"),
                    null)));
    try (Desk desk = desk()) {
      desk.pick("#paymentsState", PaymentState.SUCCEEDED);
      desk.choose("#paymentsTable", DemoWork.paymentId(2).toString());
      desk.click("#paymentRefund");
      desk.await("form", () -> desk.has("#refundForm"));
      desk.type("#refundReason", "Returned");
      desk.type("#refundAmount", "10,00.0");
      assertThat(desk.node("#refundForm-confirm").isDisabled()).isTrue();
      desk.type("#refundAmount", "9999");
      assertThat(desk.node("#refundForm-confirm").isDisabled()).isTrue();
      desk.type("#refundAmount", "10");
      assertThat(desk.text("#refundForm-confirm")).isEqualTo("Refund 10.00 EUR");
      desk.shoot("refund-light");
      desk.click("#refundForm-confirm");
      desk.await("form gone", () -> !desk.has("#refundForm"));

      assertThat(
              server
                  .asked("POST", ".*/refunds")
                  .getFirst()
                  .json()
                  .get("amount")
                  .get("minorUnits")
                  .asLong())
          .isEqualTo(1_000);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_payments_history_is_a_picture_and_every_mark_says_what_it_is(boolean dark) {
    String look = dark ? "-dark" : "-light";
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK, dark).signIn("operator")) {
      desk.go("payments");
      desk.choose("#paymentsTable", DemoWork.paymentId(4).toString());
      desk.await("picture", () -> desk.has("#paymentPicture"));
      assertThat(desk.text("#paymentHeadline"))
          .isEqualTo("For 13 h 59 min nobody has known whether the card was charged.");
      assertThat(desk.node("#paymentPicture").getAccessibleText())
          .contains("Pending confirmation for", "unknown whether charged", "Next check 10:27:00");
      assertThat(desk.says("in 12 min")).as("the countdown").isTrue();

      desk.run(() -> desk.node("#paymentPicture").requestFocus());
      desk.press(KeyCode.HOME);
      assertThat(desk.text("#paymentReadout")).startsWith("Sent to the provider");
      desk.press(KeyCode.RIGHT);
      assertThat(desk.text("#paymentReadout")).startsWith("No answer: parked");
      desk.shoot("payment-unknown" + look);

      desk.pick("#paymentsState", PaymentState.SUCCEEDED);
      desk.choose("#paymentsTable", DemoWork.paymentId(2).toString());
      desk.await("charged", () -> desk.says("Webhook: charged"));
      desk.shoot("payment-webhook" + look);
      desk.pick("#paymentsState", PaymentState.PARTIALLY_REFUNDED);
      desk.choose("#paymentsTable", DemoWork.paymentId(3).toString());
      desk.await("refund", () -> desk.says("Refunded and posted"));
      desk.shoot("payment-refund" + look);
    }
  }

  @Test
  void hundreds_of_checks_are_folded_and_can_be_unfolded() {
    try (Desk desk = desk()) {
      desk.choose("#paymentsTable", DemoWork.paymentId(7).toString());
      desk.await("folded", () -> desk.says("312 × Checked: still unknown"));
      int before =
          desk.call(() -> desk.node("#paymentTimeline").lookupAll(".timeline-title").size());
      assertThat(before).isLessThan(12);
      desk.shoot("payment-many-checks-light");
      desk.scrollTo(".timeline-fold");
      desk.click(".timeline-fold");
      desk.awaitWords("Fold them again");
      assertThat(desk.call(() -> desk.node("#paymentTimeline").lookupAll(".timeline-title").size()))
          .isEqualTo(before + DemoHistories.MANY_CHECKS);
    }
  }

  @Test
  void a_proposal_in_the_history_leads_to_its_approval_and_the_saga_to_its_steps() {
    try (Desk desk = desk()) {
      desk.choose("#paymentsTable", DemoWork.paymentId(4).toString());
      desk.await("stuck", () -> desk.says("stuck for 3 h at “post”"));
      desk.click("#paymentStuckSaga");
      desk.await("its saga", () -> desk.has("#sagaSteps"));
      desk.press(KeyCode.S);
      desk.await("back at the payment", () -> desk.has("#paymentPicture"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void many_are_asked_about_at_once_and_each_has_its_own_outcome(boolean dark) {
    server.on(
        "POST",
        "/ledgers/main/payments/bulk",
        asked ->
            Told.ok(
                new PaymentBulkAnswer(
                    List.of(
                        new PaymentBulkAnswer.Result(DemoWork.paymentId(1), 202, null),
                        new PaymentBulkAnswer.Result(
                            DemoWork.paymentId(4),
                            409,
                            Map.of("detail", "Only a payment that is pending is checked."))))));
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK, dark).signIn("operator")) {
      desk.go("payments");
      desk.choose("#paymentsTable", DemoWork.paymentId(1).toString());
      desk.run(() -> desk.node("#paymentsTable").requestFocus());
      desk.press(KeyCode.SHIFT, KeyCode.DOWN);
      desk.await("two chosen", () -> desk.says("2 payments chosen"));
      assertThat(desk.says("161.65 EUR in all")).isTrue();
      desk.press(KeyCode.K);
      desk.await("outcomes", () -> desk.has("#chosenOutcome"));

      assertThat(desk.text("#chosenOutcome")).isEqualTo("Asked about 1 payment; 1 refused:");
      assertThat(desk.says("ORDER-20004: Only a payment that is pending is checked.")).isTrue();
      desk.shoot("payments-bulk" + (dark ? "-dark" : "-light"));
      Asked sent = server.asked("POST", ".*/bulk").getFirst();
      assertThat(sent.json().get("action").asString()).isEqualTo("check");
      assertThat(sent.json().get("ids")).hasSize(2);

      desk.press(KeyCode.F5);
      desk.settle();
      assertThat(desk.has("#chosenOutcome")).as("kept by a refresh").isTrue();
      desk.press(KeyCode.HOME);
      desk.await("one again", () -> desk.has("#paymentPicture"));
    }
  }

  @Test
  void letters_do_what_the_buttons_do_but_not_while_somebody_types() {
    server.on("POST", ".*/assign", asked -> Told.ok(DemoWork.payment(1)));
    try (Desk desk = desk()) {
      desk.choose("#paymentsTable", DemoWork.paymentId(1).toString());
      desk.await("button", () -> desk.has("#paymentAssign"));
      desk.press(KeyCode.R);
      desk.settle();
      assertThat(desk.has("#refundForm")).as("disabled buttons have no key").isFalse();
      desk.press(KeyCode.O);
      desk.await("form", () -> desk.has("#assignForm"));
      desk.robot().write("dana", 0);
      assertThat(desk.text("#assignForm-confirm")).isEqualTo("Assign to dana");
      desk.press(KeyCode.ENTER);
      desk.await("closed", () -> !desk.has("#assignForm"));
      assertThat(server.asked("POST", ".*/assign").getFirst().json().get("owner").asString())
          .isEqualTo("dana");
    }
  }

  @Test
  void every_filter_of_the_server_can_be_asked_for_and_nonsense_asks_for_nothing() {
    try (Desk desk = desk()) {
      desk.click("#paymentsMore");
      desk.pick("#paymentsAge", MinimumAge.A_DAY);
      desk.type("#paymentsOwner", "dana");
      desk.type("#paymentsProvider", "sandbox");
      desk.type("#paymentsProviderReference", "sb_1");
      desk.type("#paymentsMinimum", "1,250.5");
      desk.press(KeyCode.ENTER);
      desk.await(
          "asked",
          () ->
              server
                  .asked("GET", "/ledgers/main/payments")
                  .getLast()
                  .filter("minAmount")
                  .equals("125050"));
      Asked asked = server.asked("GET", "/ledgers/main/payments").getLast();
      assertThat(asked.filter("olderThan")).isEqualTo("P1D");
      assertThat(asked.filter("owner")).isEqualTo("dana");
      assertThat(asked.filter("provider")).isEqualTo("sandbox");
      assertThat(asked.filter("providerReference")).isEqualTo("sb_1");
      assertThat(desk.says("At least 1,250.5 EUR")).isTrue();
      desk.shoot("payments-filters-light");

      int before = server.asked("GET", "/ledgers/main/payments").size();
      desk.type("#paymentsMinimum", "12.505");
      desk.press(KeyCode.ENTER);
      desk.await("problem", () -> desk.has("#paymentsFilterProblem"));
      assertThat(server.asked("GET", "/ledgers/main/payments")).hasSize(before);
    }
  }
}
