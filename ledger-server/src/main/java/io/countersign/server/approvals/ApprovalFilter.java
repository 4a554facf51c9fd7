package io.countersign.server.approvals;

import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.ApprovalState;
import org.jspecify.annotations.Nullable;

/// Which proposals are asked for; what is null is not filtered by.
record ApprovalFilter(
    @Nullable ApprovalState state, @Nullable ApprovalKind kind, @Nullable String proposedBy) {}
