package io.countersign.model.reconciliation;

import io.countersign.model.CurrencyCode;
import org.jspecify.annotations.Nullable;

/// An account at a source and its counterpart in the books.
///
/// @param accountId IBAN or the bank's number; null until learned from the first statement
public record SourceAccount(
    CurrencyCode currency, String ledgerAccount, @Nullable String accountId) {}
