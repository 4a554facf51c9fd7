package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.id.TransactionId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one transaction moved on one account, all its posted entries there taken together.
///
/// @param amount debits positive, whatever the account's type; never zero
public record PostedMovement(
    TransactionId transaction,
    long sequence,
    Money amount,
    String description,
    @Nullable String reference,
    LocalDate effectiveOn,
    Instant recordedAt,
    @Nullable TransactionId reverses,
    @Nullable Relation relatesTo,
    Map<String, @Nullable Object> metadata) {}
