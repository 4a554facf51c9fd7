package io.countersign.model.seals;

import org.jspecify.annotations.Nullable;

/// The first thing that is not as it was sealed.
///
/// @param type `transaction`, `payment_event`, `approval_decision`, `audit_record` or `seal`
/// @param id with its prefix; a seal's number; null where only the place is known
/// @param sequence of the transaction, or the number of the payment's event; else null
/// @param seal the number of the seal that covers it
/// @param difference `changed`, `missing`, `added`, or for a seal also `bad_signature`,
///   `unknown_key`, `not_chained`
/// @param detail in words
public record Broken(
    String type,
    @Nullable String id,
    @Nullable Long sequence,
    long seal,
    String difference,
    String detail) {}
