package io.countersign.server.reconciliation.cases;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.EntryRequest;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.journal.JournalReader;
import io.countersign.server.reconciliation.cases.CaseItems.Unexplained;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What is still unexplained of an exception, and what makes up for it.
@Component
class CasePosition {

  private static final Set<TransactionKind> CORRECTIONS =
      EnumSet.of(TransactionKind.WRITE_OFF, TransactionKind.ADJUSTMENT);

  private final CaseItems items;
  private final JournalReader journal;

  CasePosition(CaseItems items, JournalReader journal) {
    this.items = items;
    this.journal = journal;
  }

  /// Null for what is about no line and no transaction of a source, such as a payment. The caller
  /// holds the source.
  @Nullable Unexplained of(int ledger, CaseRow row) {
    String source = row.source();
    UUID account = row.account();
    if (source == null || account == null) {
      return null;
    }
    Unexplained open = items.unexplained(ledger, source, account, row.lines(), row.transactions());
    return open.isEmpty() ? null : open;
  }

  /// What a proposal about an exception rests on.
  Map<String, String> pins(int ledger, CaseRow row) {
    Map<String, String> pins = new TreeMap<>();
    pins.put("category", row.category().wire());
    Unexplained open = of(ledger, row);
    row.lines()
        .forEach(it -> pins.put(it.toString(), word(open != null && open.lines().contains(it))));
    row.transactions()
        .forEach(
            it -> pins.put(it.toString(), word(open != null && open.transactions().contains(it))));
    if (open != null) {
      pins.put("difference", open.difference() + " minor units of " + open.currency());
    }
    return pins;
  }

  private static String word(boolean open) {
    return open ? "unexplained" : "explained";
  }

  /// The entries that make the books say what the statement says, borne by `account`.
  ///
  /// @throws io.countersign.server.api.ProblemException 422 `nothing-to-write-off`
  static List<EntryRequest> writeOff(@Nullable Unexplained open, String account) {
    if (open == null || open.difference().signum() == 0 || open.difference().bitLength() > 62) {
      throw Problem.of(
              "nothing-to-write-off",
              422,
              "Statement and books differ by nothing here that an entry could make up for. Match"
                  + " what belongs together, propose an adjustment, or dismiss it.")
          .asException();
    }
    Money amount = new Money(open.difference().abs().longValueExact(), open.currency());
    boolean in = open.difference().signum() > 0;
    return List.of(
        new EntryRequest(open.ledgerAccount(), in ? Direction.DEBIT : Direction.CREDIT, amount),
        new EntryRequest(account, in ? Direction.CREDIT : Direction.DEBIT, amount));
  }

  /// @throws io.countersign.server.api.ProblemException 422 `match-does-not-balance` when the
  ///   entries do not make up for the difference on the source's account
  static void requireSettled(@Nullable Unexplained open, List<EntryRequest> entries) {
    if (open == null) {
      return;
    }
    BigInteger moved =
        entries.stream()
            .filter(it -> it.account().equals(open.ledgerAccount()))
            .map(CasePosition::signed)
            .reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger lacking = open.difference().subtract(moved);
    if (lacking.signum() == 0) {
      return;
    }
    Problem problem =
        Problem.of(
            "match-does-not-balance",
            422,
            "With these entries statement and books still differ on %s, by %s minor units. Entries on that account have to come to %s (debits positive)."
                .formatted(open.ledgerAccount(), lacking, open.difference()));
    if (lacking.bitLength() < Long.SIZE) {
      problem = problem.with("difference", money(lacking, open.currency()));
    }
    throw problem.asException();
  }

  private static Money money(BigInteger minorUnits, CurrencyCode currency) {
    return new Money(minorUnits.longValueExact(), currency);
  }

  private static BigInteger signed(EntryRequest entry) {
    BigInteger amount = BigInteger.valueOf(entry.amount().minorUnits());
    return entry.direction() == Direction.DEBIT ? amount : amount.negate();
  }

  /// What was posted for an exception stays when it is reopened; posting the same a second time
  /// would move the money twice.
  ///
  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state`
  void refuseSecondPosting(int ledger, ExceptionId id) {
    Transaction standing = standing(ledger, id);
    if (standing != null) {
      throw Problems.wrongState(
              "posted",
              "Transaction %s was posted for this exception and is in the books. Match it with what it settles, or propose its reversal first."
                  .formatted(standing.id()))
          .asException();
    }
  }

  /// What was posted for an exception and is not reversed.
  @Nullable Transaction standing(int ledger, ExceptionId id) {
    return journal.ofSubject(ledger, id.toString()).stream()
        .filter(it -> CORRECTIONS.contains(it.kind()) && it.reversedBy() == null)
        .findFirst()
        .orElse(null);
  }
}
