package io.countersign.console.testing;

import io.countersign.console.testing.StandInServer.Asked;
import io.countersign.console.testing.StandInServer.Told;
import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.Page;
import io.countersign.model.Relation;
import io.countersign.model.accounts.Account;
import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.approvals.Adjustment;
import io.countersign.model.approvals.AdjustmentState;
import io.countersign.model.approvals.Approval;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.approvals.Impact;
import io.countersign.model.id.AdjustmentId;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.id.LineId;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.EntryRequest;
import io.countersign.model.journal.Transaction;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.Refund;
import io.countersign.model.payments.RefundState;
import io.countersign.model.reconciliation.Candidate;
import io.countersign.model.reconciliation.CaseEvent;
import io.countersign.model.reconciliation.Comment;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.ExceptionCategory;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.LineState;
import io.countersign.model.reconciliation.StatementLine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What waits for people in the demonstration books: parked payments, exceptions, proposals.
public final class DemoWork {

  private static final Instant NOW = DemoBooks.NOW;

  private final StandInServer server;

  DemoWork(StandInServer server) {
    this.server = server;
  }

  void lay() {
    payments();
    exceptions();
    approvals();
    adjustments();
    new DemoSagas(server).lay();
    new DemoStatements(server).lay();
    server.on(
        "GET",
        "/ledgers/main/accounts",
        asked ->
            Told.ok(
                new Page<>(
                    List.of(
                        account("merchants:bakery"),
                        account("merchants:cinema"),
                        account("merchants:florist")),
                    null,
                    null)));
  }

  private static Account account(String code) {
    return new Account(
        code, code, AccountType.LIABILITY, CurrencyCode.of("EUR"), AccountStatus.OPEN, 0L, null);
  }

  private void payments() {
    List<Payment> all = IntStream.rangeClosed(1, 24).mapToObj(DemoWork::payment).toList();
    server.on(
        "GET",
        "/ledgers/main/payments",
        asked ->
            Told.ok(
                DemoBooks.page(
                    all.stream()
                        .filter(one -> is(asked, "state", one.state().wire()))
                        .filter(
                            one ->
                                String.valueOf(one.reference()).contains(asked.filter("reference")))
                        .toList(),
                    asked)));
    server.on(
        "GET",
        "/ledgers/main/payments/(pay_[^/]*)",
        asked ->
            all.stream()
                .filter(one -> one.id().toString().equals(asked.groups().getFirst()))
                .findFirst()
                .map(Told::ok)
                .orElseGet(() -> Told.problem(404, "not-found", "No such payment.")));
    server.on(
        "GET",
        "/ledgers/main/payments/(pay_[^/]*)/events",
        asked ->
            Told.ok(
                new Page<>(
                    DemoHistories.of(
                        all.stream()
                            .filter(one -> one.id().toString().equals(asked.groups().getFirst()))
                            .findFirst()
                            .orElseThrow()),
                    null,
                    null)));
    server.on(
        "GET",
        "/ledgers/main/refunds/(ref_.*)",
        asked ->
            Told.ok(
                new Refund(
                    RefundId.parse(asked.groups().getFirst()),
                    paymentId(3),
                    RefundState.SUCCEEDED,
                    Money.of(500, "EUR"),
                    null)));
  }

  private static boolean is(Asked asked, String filter, String value) {
    return asked.filter(filter).isEmpty() || asked.filter(filter).equals(value);
  }

  static RefundId refundId(int number) {
    return new RefundId(DemoBooks.uuid(3, number));
  }

  public static PaymentId paymentId(int number) {
    return new PaymentId(DemoBooks.uuid(2, number));
  }

  public static Payment payment(int number) {
    PaymentState state =
        number % 3 == 1
            ? PaymentState.PENDING_CONFIRMATION
            : number % 3 == 2 ? PaymentState.SUCCEEDED : PaymentState.PARTIALLY_REFUNDED;
    boolean parked = state == PaymentState.PENDING_CONFIRMATION;
    boolean refunded = state == PaymentState.PARTIALLY_REFUNDED;
    return new Payment(
        paymentId(number),
        state,
        Money.of(4_990 + number * 1_237L, "EUR"),
        Money.of(refunded ? 500 : 0, "EUR"),
        "merchants:" + List.of("bakery", "cinema", "florist").get(number % 3),
        "sandbox",
        "cs-main-" + DemoBooks.uuid(2, number),
        parked ? null : "sb_" + (88_000 + number),
        "ORDER-" + (20_000 + number),
        "Two tickets and popcorn",
        null,
        NOW.minus(Duration.ofMinutes(40L * (25 - number))),
        NOW.minus(Duration.ofMinutes(3)),
        parked ? NOW.plus(Duration.ofMinutes(12)) : null,
        parked ? 6 : 0,
        number == 4 ? "operator" : null,
        parked ? List.of() : List.of(DemoBooks.transactionId(number)),
        refunded ? List.of(refundId(number)) : List.of(),
        DemoSagas.id(number),
        null,
        Map.of());
  }

  private void exceptions() {
    List<ExceptionCase> all = IntStream.rangeClosed(1, 9).mapToObj(DemoWork::exception).toList();
    server.on(
        "GET",
        "/ledgers/main/exceptions",
        asked ->
            Told.ok(
                DemoBooks.page(
                    all.stream()
                        .filter(one -> is(asked, "state", one.state().wire()))
                        .filter(one -> is(asked, "category", one.category().wire()))
                        .toList(),
                    asked)));
    server.on(
        "GET",
        "/ledgers/main/exceptions/(exc_.*)",
        asked ->
            all.stream()
                .filter(one -> one.id().toString().equals(asked.groups().getFirst()))
                .findFirst()
                .map(Told::ok)
                .orElseGet(() -> Told.problem(404, "not-found", "No such exception.")));
  }

  public static ExceptionId exceptionId(int number) {
    return new ExceptionId(DemoBooks.uuid(4, number));
  }

  static ExceptionCase exception(int number) {
    return exception(number, number == 3);
  }

  public static ExceptionCase exceptionOpen(int number) {
    return exception(number, false);
  }

  private static ExceptionCase exception(int number, boolean theirs) {
    LineId line = new LineId(DemoBooks.uuid(5, number));
    boolean mismatch = number % 2 == 0;
    Transaction likely = DemoBooks.transaction(200 + number % 30);
    Transaction unlikely = DemoBooks.transaction(100 + number % 30);
    Money amount = likely.entries().getFirst().amount().minus(Money.of(mismatch ? 150 : 0, "EUR"));
    return new ExceptionCase(
        exceptionId(number),
        mismatch ? ExceptionCategory.AMOUNT_MISMATCH : ExceptionCategory.MISSING_IN_LEDGER,
        theirs ? ExceptionState.ASSIGNED : ExceptionState.OPEN,
        "house-bank",
        amount,
        mismatch ? Money.of(-150, "EUR") : null,
        NOW.minus(Duration.ofHours(30L + number)),
        NOW.plus(Duration.ofHours(18)),
        theirs ? "dana" : null,
        List.of(line),
        List.of(),
        null,
        List.of(
            new Candidate(
                List.of(),
                List.of(likely.id()),
                82,
                mismatch
                    ? "Same order number, 1.50 EUR more: a fee may have been kept back."
                    : "Same amount, order number in the text."),
            new Candidate(List.of(), List.of(unlikely.id()), 35, "Same merchant, another amount.")),
        List.of(
            new StatementLine(
                line,
                LocalDate.of(2026, 11, 18),
                "261118",
                LocalDate.of(2026, 11, 18),
                amount.minorUnits(),
                amount.currency(),
                List.of("ORDER-" + (20_200 + number)),
                "SEPA credit, order " + (20_200 + number) + ", thank you",
                LineState.EXCEPTED,
                null)),
        List.of(
            new CaseEvent(
                NOW.minus(Duration.ofHours(30)),
                "system",
                "opened",
                null,
                ExceptionState.OPEN,
                "No transaction of this amount and reference.")),
        List.of(
            new Comment(
                NOW.minus(Duration.ofHours(4)), "dana", "Asked the shop; they look it up.")),
        null,
        null);
  }

  private void approvals() {
    List<Approval> all = IntStream.rangeClosed(1, 6).mapToObj(DemoWork::approval).toList();
    server.on(
        "GET",
        "/ledgers/main/approvals",
        asked ->
            Told.ok(
                DemoBooks.page(
                    all.stream()
                        .filter(one -> is(asked, "state", one.state().wire()))
                        .filter(one -> is(asked, "kind", one.kind().wire()))
                        .filter(one -> is(asked, "proposedBy", one.proposedBy()))
                        .toList(),
                    asked)));
    server.on(
        "GET",
        "/ledgers/main/approvals/(apr_.*)",
        asked ->
            all.stream()
                .filter(one -> one.id().toString().equals(asked.groups().getFirst()))
                .findFirst()
                .map(Told::ok)
                .orElseGet(() -> Told.problem(404, "not-found", "No such proposal.")));
  }

  public static ApprovalId approvalId(int number) {
    return new ApprovalId(DemoBooks.uuid(6, number));
  }

  public static Approval approval(int number) {
    return number % 2 == 1 ? adjustmentApproval(number) : resolutionApproval(number);
  }

  private static Approval adjustmentApproval(int number) {
    long cents = 2_500L * number;
    return proposal(
        number,
        ApprovalKind.ADJUSTMENT,
        number == 5 ? "approver" : "operator",
        "Fee was booked to the wrong merchant.",
        Map.of(
            "description",
            "Move card fee",
            "effectiveOn",
            "2026-11-19",
            "entries",
            List.of(
                entry("merchants:bakery", "DEBIT", cents),
                entry("merchants:cinema", "CREDIT", cents))),
        List.of(
            new Impact(
                "merchants:bakery", Money.of(184_250, "EUR"), Money.of(184_250 - cents, "EUR")),
            new Impact(
                "merchants:cinema", Money.of(92_010, "EUR"), Money.of(92_010 + cents, "EUR"))),
        null);
  }

  private static Approval resolutionApproval(int number) {
    return proposal(
        number,
        ApprovalKind.PAYMENT_RESOLUTION,
        "operator",
        "The payout report lists the charge.",
        Map.of(
            "payment",
            paymentId(1).toString(),
            "outcome",
            "succeeded",
            "amount",
            money(6_227),
            "evidence",
            Map.of(
                "note", "Payout report of 19 November, line 14", "providerReference", "sb_88001")),
        List.of(new Impact("merchants:cinema", Money.of(92_010, "EUR"), Money.of(98_237, "EUR"))),
        new Relation("payment", paymentId(1).toString()));
  }

  private static Map<String, Object> entry(String account, String side, long cents) {
    return Map.of("account", account, "direction", side, "amount", money(cents));
  }

  private static Map<String, Object> money(long cents) {
    return Map.of("minorUnits", cents, "currency", "EUR");
  }

  private static Approval proposal(
      int number,
      ApprovalKind kind,
      String by,
      String reason,
      Map<String, Object> content,
      List<Impact> impact,
      @Nullable Relation relatesTo) {
    return new Approval(
        approvalId(number),
        kind,
        ApprovalState.PENDING,
        by,
        NOW.minus(Duration.ofHours(number)),
        NOW.plus(Duration.ofDays(3)),
        reason,
        "9f2c4c0e1d6b8a7395e0".repeat(4).substring(0, 64),
        Map.copyOf(content),
        impact,
        relatesTo,
        null,
        null,
        null,
        null);
  }

  private void adjustments() {
    List<Adjustment> all =
        List.of(
            adjustment(1, AdjustmentState.PENDING_APPROVAL),
            adjustment(2, AdjustmentState.APPROVED),
            adjustment(3, AdjustmentState.REJECTED));
    server.on(
        "GET",
        "/ledgers/main/adjustments",
        asked ->
            Told.ok(
                DemoBooks.page(
                    all.stream().filter(one -> is(asked, "state", one.state().wire())).toList(),
                    asked)));
    server.on("GET", "/ledgers/main/adjustments/(adj_.*)", asked -> Told.ok(all.getFirst()));
  }

  private static Adjustment adjustment(int number, AdjustmentState state) {
    return new Adjustment(
        new AdjustmentId(DemoBooks.uuid(7, number)),
        approvalId(number),
        state,
        "Fee was booked to the wrong merchant.",
        "Move card fee " + number,
        LocalDate.of(2026, 11, 19),
        List.of(
            new EntryRequest("merchants:bakery", Direction.DEBIT, Money.of(2_500, "EUR")),
            new EntryRequest("merchants:cinema", Direction.CREDIT, Money.of(2_500, "EUR"))),
        null,
        "operator",
        NOW.minus(Duration.ofHours(number)),
        state == AdjustmentState.APPROVED ? DemoBooks.transactionId(12) : null);
  }
}
