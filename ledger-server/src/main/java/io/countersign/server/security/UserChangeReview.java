package io.countersign.server.security;

import io.countersign.model.id.ApprovalId;
import io.countersign.server.api.Caller;

/// The port through which a change of users becomes a proposal for another administrator; the
/// approvals feature implements it.
public interface UserChangeReview {

  /// Makes the proposal within the caller's transaction.
  ApprovalId propose(Caller proposer, UserChange change);
}
