package io.countersign.server.reconciliation;

import io.countersign.model.CurrencyCode;
import io.countersign.model.reconciliation.SourceAccount;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An account at a source and its counterpart in the books.
///
/// @param ledgerAccount code of the account in the books
/// @param booksAccount its id
/// @param bankAccount the account as statements name it; null until the first one did
/// @param mirroredThrough every posted entry up to this sequence is known here
record SourceAccountRow(
    UUID id,
    CurrencyCode currency,
    String ledgerAccount,
    UUID booksAccount,
    @Nullable String bankAccount,
    long mirroredThrough) {

  SourceAccount toModel() {
    return new SourceAccount(currency, ledgerAccount, bankAccount);
  }
}
