package io.countersign.server.reconciliation.cases;

import io.countersign.model.CurrencyCode;
import io.countersign.model.id.LineId;
import io.countersign.model.id.MatchId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Transaction;
import io.countersign.model.reconciliation.StatementLine;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// The lines and transactions that exceptions are about.
public interface CaseItems {

  /// Keeps runs away from a source until the caller's transaction ends, and lets one that computes
  /// meanwhile start again. Comes before any exception of the source is locked, as in a run.
  void hold(int ledger, String source);

  List<StatementLine> lines(int ledger, Collection<LineId> ids);

  /// Puts lines and transactions together by hand, inside the caller's transaction, which holds the
  /// source.
  ///
  /// @throws io.countersign.server.api.ProblemException 422 `match-does-not-balance`, 404 for what
  ///   the source does not have, 409 `wrong-state` for what is matched already
  MatchId match(
      int ledger,
      String source,
      List<LineId> lines,
      List<TransactionId> transactions,
      String reason,
      String by);

  /// What of these is not explained yet on one account of the source, which the caller's
  /// transaction holds. Items of other accounts and matched ones are left out.
  Unexplained unexplained(
      int ledger,
      String source,
      UUID account,
      Collection<LineId> lines,
      Collection<TransactionId> transactions);

  /// What the statement says more than the books.
  ///
  /// @param ledgerAccount the account's counterpart in the books
  record Unexplained(
      String ledgerAccount,
      CurrencyCode currency,
      List<LineId> lines,
      List<TransactionId> transactions,
      BigInteger difference) {

    public Unexplained {
      lines = List.copyOf(lines);
      transactions = List.copyOf(transactions);
    }

    public boolean isEmpty() {
      return lines.isEmpty() && transactions.isEmpty();
    }
  }

  /// Matches what is unexplained with the transaction that makes up for its difference and was
  /// appended within the caller's transaction.
  ///
  /// @param rule what the match is called
  /// @throws io.countersign.server.api.ProblemException 422 `match-does-not-balance`
  MatchId settle(
      int ledger,
      String source,
      UUID account,
      Unexplained what,
      Transaction posted,
      String rule,
      String reason,
      String by);

  /// Takes a match apart, inside the caller's transaction; one that is undone already stays so.
  void undo(int ledger, MatchId match, String reason, String by);

  /// Notes that a person decided about items without a match: they raise nothing again, until that
  /// is taken back.
  void dismiss(
      int ledger,
      UUID account,
      Collection<LineId> lines,
      Collection<TransactionId> transactions,
      boolean dismissed);
}
