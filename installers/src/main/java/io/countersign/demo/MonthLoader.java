package io.countersign.demo;

import io.countersign.client.Books;
import io.countersign.client.ProblemAnswer;
import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.accounts.AccountRequest;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.journal.TransferRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The chart of accounts and the movements of the month.
final class MonthLoader {

  static final CurrencyCode EUR = CurrencyCode.of("EUR");

  private final Books books;
  private final Month month;
  private final BooksLoader loader;

  MonthLoader(Books books, Month month, BooksLoader loader) {
    this.books = books;
    this.month = month;
    this.loader = loader;
  }

  void loadChart() throws InterruptedException {
    List<Runnable> calls = new ArrayList<>();
    calls.add(() -> open(Month.BANK, "Operating account at the bank", AccountType.ASSET, null));
    calls.add(() -> open(Month.CAPITAL, "Paid-in capital", AccountType.EQUITY, null));
    calls.add(() -> open(Month.FEES, "Fees earned", AccountType.REVENUE, null));
    calls.add(() -> open(Month.BANK_FEES, "Bank charges", AccountType.EXPENSE, null));
    month
        .merchants()
        .forEach(
            merchant ->
                calls.add(
                    () -> open(merchant.account(), merchant.name(), AccountType.LIABILITY, 0L)));
    month
        .wallets()
        .forEach(
            wallet ->
                calls.add(
                    () ->
                        open(
                            wallet,
                            "Wallet " + wallet.substring("wallet:".length()),
                            AccountType.LIABILITY,
                            0L)));
    loader.sideBySide(calls);
  }

  /// Money comes in before it is spent: deposits of a day side by side, then what is paid from
  /// them.
  int loadMovements() throws InterruptedException {
    for (LocalDate day : month.days()) {
      for (Month.Kind kind : Month.Kind.values()) {
        loader.sideBySide(
            month.on(day).stream()
                .filter(movement -> movement.kind() == kind)
                .<Runnable>map(movement -> () -> move(movement))
                .toList());
      }
    }
    return month.movements().size();
  }

  void markComplete() {
    books
        .journal()
        .transfer(
            new TransferRequest(
                Month.BANK,
                Month.FEES,
                Money.of(1_990, "EUR"),
                "Subscription fee of the month",
                Month.LAST_REFERENCE,
                null,
                null),
            month.intent("complete"));
  }

  private void move(Month.Movement movement) {
    books
        .journal()
        .transfer(
            new TransferRequest(
                movement.from(),
                movement.to(),
                new Money(movement.minorUnits(), EUR),
                movement.text(),
                movement.reference(),
                movement.day(),
                null),
            month.intent("movement-" + movement.number()));
  }

  private void open(String code, String name, AccountType type, @Nullable Long minimumBalance) {
    open(books, month, new AccountRequest(code, name, type, EUR, minimumBalance, null));
  }

  /// Opens an account, or leaves the one that an earlier, interrupted load has opened.
  static void open(Books books, Month month, AccountRequest account) {
    try {
      books.accounts().open(account, month.intent("account-" + account.code()));
    } catch (ProblemAnswer answer) {
      if (!answer.is("account-exists")) {
        throw answer;
      }
    }
  }
}
