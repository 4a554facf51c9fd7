package io.countersign.client;

import io.countersign.model.id.ApprovalId;

/// What came of an action that may need a second person.
public sealed interface Effect<T> {

  record Done<T>(T value) implements Effect<T> {}

  record AwaitsApproval<T>(ApprovalId approvalId) implements Effect<T> {}
}
