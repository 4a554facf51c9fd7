package io.countersign.model.approvals;

import io.countersign.model.id.ApprovalId;

/// The answer to what needs a second person.
public record Proposed(ApprovalId approvalId) {}
