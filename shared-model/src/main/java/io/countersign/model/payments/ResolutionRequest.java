package io.countersign.model.payments;

/// `POST L/payments/{id}/resolutions`.
public record ResolutionRequest(ResolutionOutcome outcome, String reason, Evidence evidence) {}
