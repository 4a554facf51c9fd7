package io.countersign.model.identity;

import io.countersign.model.CurrencyCode;

/// How much a person may refund or approve in one currency; without an entry both are zero.
public record Limit(CurrencyCode currency, long refundMinorUnits, long approveMinorUnits) {}
