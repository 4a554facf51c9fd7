package io.countersign.server.journal;

import io.countersign.model.CurrencyCode;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What makes a draft acceptable whatever the balances are. The same draft and the same accounts
/// give the same answer.
final class DraftRules {

  private DraftRules() {}

  /// @param accounts those of the draft that exist, by code
  /// @return the first rule that is broken, or null
  static @Nullable Problem broken(
      TransactionDraft draft, Map<String, AccountRow> accounts, LocalDate today) {
    Problem problem = amounts(draft);
    if (problem == null) {
      problem = balance(draft);
    }
    if (problem == null && draft.effectiveOn() != null && draft.effectiveOn().isAfter(today)) {
      problem =
          Problems.invalidTime(
              "effectiveOn "
                  + draft.effectiveOn()
                  + " is after today, "
                  + today
                  + " in the ledger's time zone; post it on its day.");
    }
    if (problem == null
        && draft.effectiveOn() != null
        && draft.effectiveOn().isBefore(Days.FIRST)) {
      problem =
          Problems.invalidTime(
              "effectiveOn " + draft.effectiveOn() + " is before " + Days.FIRST + ".");
    }
    for (EntryDraft entry : draft.entries()) {
      if (problem != null) {
        return problem;
      }
      problem = account(draft, entry, accounts.get(entry.account()));
    }
    return problem == null ? direction(draft, accounts) : problem;
  }

  private static @Nullable Problem amounts(TransactionDraft draft) {
    for (int line = 0; line < draft.entries().size(); line++) {
      if (!draft.entries().get(line).amount().isPositive()) {
        return Problems.invalidMoney(
                "An amount must be more than zero; the direction says which side it is on.")
            .withError("entries[" + line + "].amount", "must be more than zero");
      }
    }
    return null;
  }

  private static @Nullable Problem balance(TransactionDraft draft) {
    // Posted and pending rows balance each for themselves; sums may leave 64 bits, rows may not.
    Map<CurrencyCode, BigInteger> posted = new TreeMap<>();
    Map<CurrencyCode, BigInteger> pending = new TreeMap<>();
    for (EntryDraft entry : draft.entries()) {
      (entry.layer() == EntryLayer.POSTED ? posted : pending)
          .merge(entry.amount().currency(), BigInteger.valueOf(entry.signed()), BigInteger::add);
    }
    List<Map<String, Object>> differences = new ArrayList<>();
    for (Map<CurrencyCode, BigInteger> sums : List.of(posted, pending)) {
      sums.forEach(
          (currency, sum) -> {
            if (sum.signum() != 0) {
              differences.add(Map.of("minorUnits", sum, "currency", currency));
            }
          });
    }
    return differences.isEmpty()
        ? null
        : Problem.of(
                "unbalanced-transaction",
                422,
                "Debits and credits differ; the differences are debits less credits.")
            .with("differences", differences);
  }

  private static @Nullable Problem account(
      TransactionDraft draft, EntryDraft entry, @Nullable AccountRow account) {
    if (account == null) {
      return Accounts.notFound(entry.account());
    }
    if (!account.currency().equals(entry.amount().currency())) {
      return Problem.of(
              "currency-mismatch",
              422,
              "Account '"
                  + account.code()
                  + "' is kept in "
                  + account.currency()
                  + ", the entry is in "
                  + entry.amount().currency()
                  + ".")
          .with("account", account.code());
    }
    if (draft.endsHold()) {
      return null;
    }
    return switch (account.status()) {
      case OPEN -> null;
      case FROZEN ->
          Problem.of("account-frozen", 422, "Account '" + account.code() + "' is frozen.")
              .with("account", account.code());
      case CLOSED ->
          Problem.of("account-closed", 422, "Account '" + account.code() + "' is closed.")
              .with("account", account.code());
    };
  }

  private static @Nullable Problem direction(
      TransactionDraft draft, Map<String, AccountRow> accounts) {
    boolean ambiguous =
        draft.kind() == TransactionKind.TRANSFER
            && draft.entries().stream()
                .allMatch(
                    entry -> {
                      AccountRow account = accounts.get(entry.account());
                      return account != null && account.debitNormal();
                    });
    return ambiguous ? ambiguous() : null;
  }

  /// Why nothing goes "from" one debit-normal account "to" another.
  static Problem ambiguous() {
    return Problem.of(
        "ambiguous-transfer",
        422,
        "Between two debit-normal accounts a transfer reads backwards: debiting 'from' raises"
            + " it. Post a transaction with the entries you mean.");
  }
}
