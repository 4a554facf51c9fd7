package io.countersign.console.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.DemoWork;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import io.countersign.console.testing.StandInServer.Asked;
import io.countersign.console.testing.StandInServer.Told;
import io.countersign.model.Money;
import io.countersign.model.approvals.Proposed;
import io.countersign.model.id.RefundId;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.Refund;
import io.countersign.model.payments.RefundState;
import java.util.UUID;
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
}
