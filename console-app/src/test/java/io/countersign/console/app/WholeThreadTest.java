package io.countersign.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.client.Query;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.RealServer;
import io.countersign.console.testing.ThreadBooks;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.reconciliation.StatementState;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The main job against the real server: an operator finds the parked payment and says what became
/// of it, an approver agrees, the journal shows the charge, and a line of a bank's statement finds
/// its transaction.
class WholeThreadTest {

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void from_a_silent_provider_to_a_charge_in_the_books_and_a_matched_line() throws Exception {
    try (RealServer server = RealServer.start();
        ThreadBooks books = new ThreadBooks(server.address())) {
      books.lay();
      try (Desk desk = Desk.open(server.address(), Clock.systemUTC())) {
        desk.shoot("thread-1-sign-in");
        anOperatorProposesWhatBecameOfTheParkedPayment(desk.signIn("operator"));
        assertThat(charges(books)).isEmpty();
        signOut(desk);
        anApproverApprovesIt(desk.signIn("approver"));
        theJournalShowsTheCharge(desk);
        theBooksAndTheAcquirerAgree(books, server);
        signOut(desk);
        aLineIsMatched(desk.signIn("operator"));
        theStatementIsThereAndAddsNothingTwice(desk);
        anAdjustmentIsProposed(desk);
        inTheDark(desk);
      }
    }
  }

  private static void anOperatorProposesWhatBecameOfTheParkedPayment(Desk desk) {
    desk.await("journal", () -> desk.rows("#journalTable") >= 15);
    desk.shoot("thread-2-journal");
    desk.await("badge", () -> desk.has("#screen-payments-count"));
    assertThat(desk.text("#screen-payments-count")).isEqualTo("1");
    desk.go("payments");
    desk.choose("#paymentsTable", ThreadBooks.SILENT_REFERENCE);
    desk.await("history", () -> desk.has("#paymentTimeline"));
    desk.click("#paymentCheck");
    desk.await(
        "asked", () -> desk.has("#paymentCheck") && !desk.node("#paymentCheck").isDisabled());
    assertThat(desk.text("#paymentState")).isEqualTo("Pending confirmation");
    desk.shoot("thread-3-payments");
    whatCarriesItIsLookedAtAndRetried(desk);

    desk.click("#paymentResolve");
    desk.click("#resolutionSucceeded");
    desk.type("#resolutionReason", "The acquirer's portal lists the charge.");
    desk.type(
        "#resolutionNote", "Portal, list of today, 123.45 EUR for " + ThreadBooks.SILENT_REFERENCE);
    assertThat(desk.text("#resolutionForm-confirm"))
        .isEqualTo("Propose that 123.45 EUR was charged");
    desk.shoot("thread-4-resolution");
    desk.click("#resolutionForm-confirm");
    desk.await("proposal", () -> desk.has("#approvalWhyNot"));
    assertThat(desk.text("#approvalWhyNot")).isEqualTo("You proposed this; someone else decides.");
    assertThat(desk.node("#approvalApprove").isDisabled()).isTrue();
    desk.shoot("thread-5-proposed");
  }

  private static void whatCarriesItIsLookedAtAndRetried(Desk desk) {
    desk.scrollTo("#paymentSaga");
    desk.click("#paymentSaga");
    desk.await("its steps", () -> desk.has("#sagaSteps"));
    assertThat(desk.text("#sagaState")).isEqualTo("Running");
    assertThat(desk.text("#sagaStep-1")).isEqualTo("Running");
    assertThat(desk.text("#sagaStep-2")).isEqualTo("Waiting");
    desk.awaitWords("Next attempt");
    desk.press(KeyCode.R);
    desk.await("retried", () -> desk.has("#sagaRetry") && !desk.node("#sagaRetry").isDisabled());
    desk.shoot("thread-3-saga");
    desk.press(KeyCode.S);
    desk.await("back", () -> desk.has("#paymentPicture"));
    assertThat(desk.text("#paymentHeadline")).contains("nobody has known");
    desk.shoot("thread-3-picture");
  }

  private static void anApproverApprovesIt(Desk desk) {
    desk.await("badge", () -> desk.has("#screen-approvals-count"));
    desk.go("approvals");
    desk.choose("#approvalsTable", "The acquirer's portal lists the charge.");
    desk.await("buttons", () -> desk.has("#approvalApprove"));
    assertThat(desk.says("Portal, list of today")).as("the evidence is shown").isTrue();
    desk.shoot("thread-6-approvals");
    desk.click("#approvalApprove");
    desk.type("#approveComment", "Seen it too.");
    assertThat(desk.text("#approveForm-confirm"))
        .isEqualTo("Approve payment resolution of 123.45 EUR");
    desk.shoot("thread-7-approve");
    desk.click("#approveForm-confirm");
    desk.await(
        "approved",
        () -> desk.has("#approvalState") && desk.text("#approvalState").equals("Approved"));
    desk.shoot("thread-8-approved");
  }

  private static void theJournalShowsTheCharge(Desk desk) {
    desk.go("journal");
    desk.pick("#journalKind", TransactionKind.CHARGE);
    desk.choose("#journalTable", ThreadBooks.SILENT_REFERENCE);
    desk.await("entries", () -> desk.has("#journalEntries"));
    assertThat(desk.says("providers:sandbox:eur")).isTrue();
    assertThat(desk.says("merchants:bakery")).isTrue();
    assertThat(desk.says("123.45 EUR")).isTrue();
    assertThat(desk.says("approver")).as("who decided").isTrue();
    desk.shoot("thread-9-charge");
  }

  private static void theBooksAndTheAcquirerAgree(ThreadBooks books, RealServer server)
      throws Exception {
    Payment payment = books.silent();
    assertThat(payment.state()).isEqualTo(PaymentState.SUCCEEDED);
    assertThat(charges(books)).hasSize(1);
    assertThat(payment.transactions()).containsExactly(charges(books).getFirst().id());
    assertThat(server.chargesAtTheAcquirer(payment.providerKey()))
        .containsOnlyOnce("\"charged\"")
        .contains("12345");
  }

  private static List<Transaction> charges(ThreadBooks books) {
    return books
        .books()
        .journal()
        .list(Query.ALL.with("reference", ThreadBooks.SILENT_REFERENCE).page(10, null))
        .items();
  }

  private static void aLineIsMatched(Desk desk) {
    desk.go("exceptions");
    desk.await("exceptions", () -> desk.rows("#exceptionsTable") > 1);
    desk.type("#exceptionsSearch", "01-01-2013");
    desk.press(KeyCode.ENTER);
    desk.await("one exception", () -> desk.rows("#exceptionsTable") == 1);
    desk.choose("#exceptionsTable", "missing_in_ledger".toUpperCase(java.util.Locale.ROOT));
    desk.await("sides", () -> desk.has("#exceptionSides"));
    assertThat(desk.says("Payout to Anna")).isTrue();
    desk.shoot("thread-10-exceptions");
    desk.scrollTo("#candidate-0");
    desk.click("#candidate-0");
    desk.scrollTo("#exceptionMatch");
    desk.click("#exceptionMatch");
    desk.type("#matchReason", "Same amount and day; the bank dropped our reference.");
    desk.shoot("thread-11-match");
    desk.click("#matchForm-confirm");
    desk.await(
        "resolved",
        () -> desk.has("#exceptionState") && desk.text("#exceptionState").equals("Resolved"));
    desk.await("gone from the queue", () -> desk.rows("#exceptionsTable") == 0);
    desk.shoot("thread-12-matched");
  }

  private static void theStatementIsThereAndAddsNothingTwice(Desk desk) throws Exception {
    desk.go("reconciliation");
    desk.await("statements", () -> desk.rows("#statementsTable") > 0);
    int before = desk.rows("#statementsTable");
    desk.choose("#statementsTable", "opening=1,000.00 EUR");
    desk.await("its lines", () -> desk.has("#linesTable") && desk.rows("#linesTable") > 1);
    desk.choose("#linesTable", "01-01-2013");
    desk.await("the match made by hand", () -> desk.says("the bank dropped our reference"));
    desk.shoot("thread-12-reconciliation");

    desk.drop("#reconciliationPage", List.of(ThreadBooks.statementFile().toFile()));
    desk.await("form", () -> desk.has("#importForm"));
    desk.press(KeyCode.CONTROL, KeyCode.ENTER);
    desk.await("read", () -> desk.says("had been read before."));
    desk.shoot("thread-12-read-again");
    desk.pick("#statementsState", StatementState.ACCEPTED);
    desk.await("no more than before", () -> desk.rows("#statementsTable") == before);
  }

  private static void anAdjustmentIsProposed(Desk desk) {
    desk.press(KeyCode.CONTROL, KeyCode.N);
    desk.type("#adjustmentDescription", "Goodwill after a late delivery");
    desk.type("#adjustmentReason", "Promised on the phone");
    desk.search("#adjustmentAccount-1", "merchants:bakery");
    desk.type("#adjustmentAmount-1", "5");
    desk.search("#adjustmentAccount-2", "wallets:anna");
    desk.type("#adjustmentAmount-2", "5.00");
    desk.shoot("thread-13-adjustments");
    desk.click("#adjustmentPropose");
    desk.await("proposal", () -> desk.has("#approvalImpact"));
    desk.shoot("thread-14-adjustment-proposed");
  }

  private static void inTheDark(Desk desk) {
    desk.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.D);
    for (String screen :
        List.of(
            "journal",
            "payments",
            "exceptions",
            "approvals",
            "adjustments",
            "sagas",
            "reconciliation")) {
      desk.go(screen);
      desk.settle();
      desk.shoot("thread-dark-" + screen);
    }
  }

  private static void signOut(Desk desk) {
    desk.press(KeyCode.CONTROL, KeyCode.K);
    desk.type("#commandText", "Sign out");
    desk.press(KeyCode.ENTER);
    desk.await("form", () -> desk.has("#signIn"));
  }
}
