package io.countersign.model.accounts;

import io.countersign.model.Money;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Layer;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;

/// One row of an account's statement.
///
/// @param runningBalance minor units on the normal side, this entry included
public record AccountEntry(
    TransactionId transactionId,
    long sequence,
    int line,
    LocalDate effectiveOn,
    Instant recordedAt,
    String description,
    Direction direction,
    Money amount,
    Layer layer,
    BigInteger runningBalance) {}
