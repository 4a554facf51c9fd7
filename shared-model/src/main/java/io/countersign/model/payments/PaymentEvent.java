package io.countersign.model.payments;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One step of a payment's appended history.
///
/// @param type such as `created`, `submitted`, `check`, `webhook`, `note`
/// @param detail in words
public record PaymentEvent(
    long sequence,
    Instant at,
    String type,
    @Nullable PaymentState from,
    @Nullable PaymentState to,
    String by,
    @Nullable String detail) {}
