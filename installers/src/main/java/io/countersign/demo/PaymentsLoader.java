package io.countersign.demo;

import io.countersign.client.Books;
import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentRequest;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.RefundRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Card payments of today: most go through, some are declined, a few are never answered.
final class PaymentsLoader {

  private static final int GOING_THROUGH = 120;
  private static final int REFUNDED = 8;
  private static final String SILENT = "tok_silent";
  private static final List<String> UNUSUAL =
      List.of(
          "tok_declined",
          "tok_declined",
          "tok_declined",
          "tok_declined",
          "tok_declined",
          "tok_charged_no_answer",
          "tok_charged_no_answer",
          "tok_not_charged_no_answer",
          "tok_late_webhook",
          "tok_flaky",
          SILENT,
          SILENT,
          SILENT,
          SILENT);

  private final Books books;
  private final Books asOperator;
  private final Month month;
  private final BooksLoader loader;
  private final Random random = new Random(7);

  PaymentsLoader(Books books, Books asOperator, Month month, BooksLoader loader) {
    this.books = books;
    this.asOperator = asOperator;
    this.month = month;
    this.loader = loader;
  }

  /// @param number how many there are
  /// @param silent those whose provider will never say what became of them
  record Charged(int number, List<PaymentId> silent) {}

  Charged charge() throws InterruptedException {
    List<PaymentId> silent = Collections.synchronizedList(new ArrayList<>());
    List<PaymentId> succeeded = Collections.synchronizedList(new ArrayList<>());
    List<Runnable> calls = new ArrayList<>();
    for (int number = 0; number < GOING_THROUGH + UNUSUAL.size(); number++) {
      PaymentRequest request = request(number);
      String key = "payment-" + number;
      calls.add(
          () -> {
            Payment payment = books.payments().charge(request, month.intent(key));
            if (payment.state() == PaymentState.SUCCEEDED) {
              succeeded.add(payment.id());
            } else if (request.paymentMethod().equals(SILENT)) {
              silent.add(payment.id());
            }
          });
    }
    // The slow ones first: they wait side by side while the others pass.
    Collections.reverse(calls);
    loader.sideBySide(calls);
    refund(succeeded);
    return new Charged(calls.size(), silent);
  }

  private void refund(List<PaymentId> succeeded) throws InterruptedException {
    List<PaymentId> some =
        succeeded.stream()
            .sorted((one, other) -> one.toString().compareTo(other.toString()))
            .limit(REFUNDED)
            .toList();
    List<Runnable> calls = new ArrayList<>();
    for (PaymentId payment : some) {
      Money part = calls.size() % 2 == 0 ? Money.of(100, "EUR") : null;
      calls.add(
          () ->
              asOperator
                  .payments()
                  .refund(
                      payment,
                      new RefundRequest(part, "Customer returned goods", null),
                      month.intent("refund-" + payment)));
    }
    loader.sideBySide(calls);
  }

  private PaymentRequest request(int number) {
    Month.Merchant merchant = month.merchants().get(random.nextInt(month.merchants().size()));
    String token = number < GOING_THROUGH ? "tok_ok" : UNUSUAL.get(number - GOING_THROUGH);
    return new PaymentRequest(
        Money.of(500 + random.nextInt(12_000), "EUR"),
        merchant.account(),
        "sandbox",
        token,
        String.format("ORD-%05d", 10_000 + number),
        "Order at " + merchant.name(),
        null);
  }
}
