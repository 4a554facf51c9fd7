package io.countersign.model.exports;

import io.countersign.model.CurrencyCode;
import java.math.BigInteger;

/// A sum in one currency.
///
/// @param minorUnits of any size
public record CurrencyTotal(CurrencyCode currency, BigInteger minorUnits) {}
