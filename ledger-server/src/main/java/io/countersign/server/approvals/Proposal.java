package io.countersign.server.approvals;

import io.countersign.model.Relation;
import io.countersign.model.approvals.ApprovalKind;
import org.jspecify.annotations.Nullable;

/// What somebody wants and may not do alone.
///
/// @param content of the type its [ProposalKind] names
/// @param relatesTo what it is about
/// @param target of two proposals of one kind and one target only one can be pending; null where
///   proposals do not collide
public record Proposal(
    ApprovalKind kind,
    Object content,
    @Nullable String reason,
    @Nullable Relation relatesTo,
    @Nullable String target) {}
