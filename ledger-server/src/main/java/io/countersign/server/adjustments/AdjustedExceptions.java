package io.countersign.server.adjustments;

import io.countersign.model.id.ExceptionId;
import io.countersign.model.journal.Transaction;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.approvals.Decision;
import io.countersign.server.approvals.ProposalKind.ProposalEnd;
import java.util.Map;

/// The exceptions that adjustments resolve, for whoever keeps them. Each method runs within the
/// transaction of the decision, or of what ends the proposal.
public interface AdjustedExceptions {

  /// Holds what the exception is about, before the proposal's row is locked.
  void hold(LedgerScope ledger, ExceptionId id);

  /// What must not have moved between proposal and approval.
  Map<String, String> pins(LedgerScope ledger, ExceptionId id);

  /// Locks the exception, before anything is posted.
  ///
  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state` when it awaits no
  ///   decision of this proposal
  void require(Decision decision, ExceptionId id);

  /// Ends the exception by what was posted.
  ///
  /// @throws io.countersign.server.api.ProblemException 422 `match-does-not-balance`
  void resolve(Decision decision, ExceptionId id, Transaction posted);

  /// Gives the exception back to who works on it.
  void giveBack(LedgerScope ledger, ExceptionId id, ProposalEnd end);
}
