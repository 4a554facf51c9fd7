package io.countersign.model.payments;

import io.countersign.model.id.PaymentId;

/// What of a payment is not as its history says.
///
/// @param what the field, or `history` when the history itself has a gap
public record PaymentDifference(
    PaymentId payment, String what, String stored, String fromHistory) {}
