package io.countersign.server.approvals;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.approvals.Impact;
import io.countersign.model.id.ApprovalId;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey.Preamble;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a feature says about one kind of its proposals; a Spring bean.
///
/// @param <C> the content: a record that JSON can write and read back, whole. It is what the
///   decider sees and what the hash covers, so everything that [#execute] does follows from it
public interface ProposalKind<C> {

  ApprovalKind kind();

  Class<C> contentType();

  /// Runs first in a decision's database transaction: the journal's gate, where the effect appends.
  default Preamble preamble() {
    return Preamble.NONE;
  }

  /// As [#preamble()], for a kind that also holds what its content names: what comes before a
  /// proposal's row in the one lock order.
  default Preamble preamble(LedgerScope ledger, C content) {
    return preamble();
  }

  /// What must not have moved between proposal and approval, by a name that a person understands:
  /// states and versions, never balances. A difference is 409 `content-changed`.
  default Map<String, String> pins(LedgerScope ledger, C content) {
    return Map.of();
  }

  /// What approval would do to posted balances, as they are now.
  default List<Impact> impact(LedgerScope ledger, C content) {
    return List.of();
  }

  /// The amounts that count against the decider's limit; of one currency they are added up.
  default List<Money> amounts(LedgerScope ledger, C content) {
    return List.of();
  }

  /// Does what was proposed, within the decision's transaction and after the proposal's row is
  /// locked.
  ///
  /// @return what it made, such as a transaction
  /// @throws io.countersign.server.api.ProblemException when it is refused: all is undone and the
  ///   proposal stays pending
  Relation execute(Decision decision, C content);

  /// Tells that a proposal ended in another way than by approval, within the same transaction.
  default void ended(LedgerScope ledger, ProposalEnd end, C content) {}

  /// How a proposal ended without effect.
  ///
  /// @param state never `PENDING` or `APPROVED`
  /// @param by the name of who ended it; `system` when nobody did
  record ProposalEnd(
      ApprovalId approval, ApprovalState state, String by, @Nullable String comment) {}
}
