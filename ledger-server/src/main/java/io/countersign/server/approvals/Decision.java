package io.countersign.server.approvals;

import io.countersign.model.id.ApprovalId;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import org.jspecify.annotations.Nullable;

/// An approval under way.
///
/// @param proposer the name of who proposed
/// @param decider who approves; never the same person
public record Decision(
    LedgerScope ledger,
    ApprovalId approval,
    String proposer,
    Caller decider,
    @Nullable String reason) {}
