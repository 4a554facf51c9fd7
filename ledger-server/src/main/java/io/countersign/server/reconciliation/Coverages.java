package io.countersign.server.reconciliation;

import io.countersign.model.overview.Coverage;
import io.countersign.model.overview.Drift;
import java.util.List;
import org.springframework.stereotype.Component;

/// How far the statements of all sources reach, and what is left unexplained.
@Component
public class Coverages {

  /// @param drift of the same accounts, in the same order
  public record Known(List<Coverage> coverage, List<Drift> drift) {}

  private final CoverageStore store;

  Coverages(CoverageStore store) {
    this.store = store;
  }

  public Known of(int ledger) {
    List<CoverageStore.Account> accounts = store.accounts(ledger);
    return new Known(
        accounts.stream().map(CoverageStore.Account::coverage).toList(),
        accounts.stream().map(CoverageStore.Account::drift).toList());
  }
}
