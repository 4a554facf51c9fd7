package io.countersign.server.approvals;

import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.id.ApprovalId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A proposal as it is kept.
///
/// @param content canonical JSON, as are `pins`; `impact` is plain JSON
record ApprovalRow(
    int ledger,
    ApprovalId id,
    ApprovalKind kind,
    ApprovalState state,
    UUID proposerId,
    String proposer,
    Instant proposedAt,
    Instant expiresAt,
    @Nullable String reason,
    String content,
    String contentHash,
    String pins,
    String impact,
    @Nullable String target,
    @Nullable Relation relatesTo,
    @Nullable UUID deciderId,
    @Nullable String decider,
    @Nullable Instant decidedAt,
    @Nullable String comment,
    @Nullable Relation result) {

  /// What it is at an instant: it expires at `expiresAt`, whenever that is written down.
  ApprovalState stateAt(Instant now) {
    return state == ApprovalState.PENDING && !now.isBefore(expiresAt)
        ? ApprovalState.EXPIRED
        : state;
  }
}
