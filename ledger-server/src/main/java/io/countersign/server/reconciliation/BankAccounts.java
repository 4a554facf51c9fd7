package io.countersign.server.reconciliation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which of a source's accounts a statement is for.
final class BankAccounts {

  private BankAccounts() {}

  /// An IBAN or account number without blanks, in capitals.
  static String normalised(String bankAccount) {
    return bankAccount.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
  }

  /// The account that is known by this number, else one in this currency whose number is not known
  /// yet. A statement without a number is for the only account in its currency.
  static Optional<SourceAccountRow> find(
      List<SourceAccountRow> accounts, @Nullable String bankAccount, String currency) {
    List<SourceAccountRow> inCurrency =
        accounts.stream().filter(it -> it.currency().toString().equals(currency)).toList();
    if (bankAccount == null) {
      return inCurrency.size() == 1 ? Optional.of(inCurrency.getFirst()) : Optional.empty();
    }
    String wanted = normalised(bankAccount);
    return inCurrency.stream()
        .filter(it -> wanted.equals(it.bankAccount()))
        .findFirst()
        .or(() -> inCurrency.stream().filter(it -> it.bankAccount() == null).findFirst());
  }
}
