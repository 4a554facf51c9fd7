package io.countersign.model.accounts;

import io.countersign.model.CurrencyCode;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What stands on an account; amounts are minor units on the normal side.
///
/// A sum of 64-bit amounts need not fit 64 bits, so sums are integers without a bound.
///
/// @param pending what open holds take, positive
/// @param available `posted` less `pending`
/// @param sequence of the newest transaction that is in
/// @param knownAt null when every acknowledged transaction is in
public record Balance(
    String account,
    CurrencyCode currency,
    BigInteger posted,
    BigInteger pending,
    BigInteger available,
    long sequence,
    LocalDate effectiveOn,
    @Nullable Instant knownAt) {}
