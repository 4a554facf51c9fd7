package io.countersign.server.approvals;

import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.id.ApprovalId;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.security.UserChange;
import io.countersign.server.security.UserChangeReview;
import io.countersign.server.security.Users;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Changes of users, decided by another administrator.
@Component
class UserChangeKind implements ProposalKind<UserChange>, UserChangeReview {

  private final Users users;
  private final Approvals approvals;

  UserChangeKind(Users users, Approvals approvals) {
    this.users = users;
    this.approvals = approvals;
  }

  @Override
  public ApprovalId propose(Caller proposer, UserChange change) {
    Relation user = new Relation("user", change.user().toString());
    return approvals.propose(
        LedgerScope.SERVER, proposer, new Proposal(kind(), change, null, user, change.username()));
  }

  @Override
  public ApprovalKind kind() {
    return ApprovalKind.USER_CHANGE;
  }

  @Override
  public Class<UserChange> contentType() {
    return UserChange.class;
  }

  @Override
  public Map<String, String> pins(LedgerScope ledger, UserChange change) {
    return Map.of("version of user " + change.username(), "" + users.version(change.user()));
  }

  @Override
  public Relation execute(Decision decision, UserChange change) {
    users.apply(decision.decider(), change);
    return new Relation("user", change.user().toString());
  }

  @Override
  public void ended(LedgerScope ledger, ProposalEnd end, UserChange change) {
    users.discard(change);
  }
}
