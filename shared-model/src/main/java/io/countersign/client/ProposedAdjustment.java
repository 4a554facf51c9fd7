package io.countersign.client;

import io.countersign.model.approvals.AdjustmentState;
import io.countersign.model.id.AdjustmentId;
import io.countersign.model.id.ApprovalId;

/// What `POST L/adjustments` is sure to answer.
public record ProposedAdjustment(AdjustmentId id, ApprovalId approvalId, AdjustmentState state) {}
