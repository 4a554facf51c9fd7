package io.countersign.model.exports;

import java.math.BigInteger;

/// A sum in one currency, as the books name it.
///
/// @param minorUnits of any size
public record CurrencyTotal(String currency, BigInteger minorUnits) {}
