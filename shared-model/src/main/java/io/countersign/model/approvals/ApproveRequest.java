package io.countersign.model.approvals;

import org.jspecify.annotations.Nullable;

/// `POST L/approvals/{id}/approve`.
///
/// @param contentHash of the proposal as the decider has seen it
public record ApproveRequest(String contentHash, @Nullable String comment) {}
