package io.countersign.server.journal;

import io.countersign.model.accounts.Account;
import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.Balance;
import io.countersign.server.accounts.AccountRow;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Freezes, unfreezes and closes accounts, alone at the gate: every append either committed before
/// or reads the new status, so nothing moves after an acknowledged freeze.
@Component
public class AccountStatuses {

  private final Gate gate;
  private final Accounts accounts;
  private final Balances balances;
  private final JournalStore store;

  AccountStatuses(Gate gate, Accounts accounts, Balances balances, JournalStore store) {
    this.gate = gate;
    this.accounts = accounts;
    this.balances = balances;
    this.store = store;
  }

  /// Changes a status within the caller's transaction, whose preamble closed the gate.
  ///
  /// @throws io.countersign.server.api.ProblemException 404 `account-not-found`, 409 `wrong-state`,
  ///   422 `account-not-empty`
  Account change(LedgerScope ledger, String code, Set<AccountStatus> from, AccountStatus to) {
    gate.requireEntered();
    AccountRow account = accounts.get(ledger.id(), code);
    if (!from.contains(account.status())) {
      throw Problems.wrongState(
              account.status().wire(), "Account '" + code + "' is " + account.status().wire() + ".")
          .asException();
    }
    if (to == AccountStatus.CLOSED) {
      requireEmpty(ledger, code);
    }
    store.markChart(ledger.id(), UUID.randomUUID());
    if (!accounts.setStatus(ledger.id(), account.id(), account.status(), to)) {
      throw new IllegalStateException("the status of " + code + " moved behind the closed gate");
    }
    return accounts.get(ledger.id(), code).toModel();
  }

  private void requireEmpty(LedgerScope ledger, String code) {
    Balance balance = balances.balance(ledger, code, null);
    if (balance.posted().signum() != 0 || balance.pending().signum() != 0) {
      throw Problem.of(
              "account-not-empty",
              422,
              "Account '" + code + "' still has a balance or open holds; bring both to zero first.")
          .with("account", code)
          .with("posted", balance.posted())
          .with("pending", balance.pending())
          .asException();
    }
  }
}
