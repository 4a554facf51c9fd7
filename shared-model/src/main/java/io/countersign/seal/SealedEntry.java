package io.countersign.seal;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An entry with everything that is stored of it.
///
/// @param account the account's code; null when the chart of accounts has lost it
/// @param layer 0 posted; 1 pending and taken from what is available; 2 pending and not yet there
/// @param amount minor units, debits positive, credits negative
public record SealedEntry(
    int line,
    UUID accountId,
    @Nullable String account,
    int layer,
    long amount,
    String currency,
    LocalDate effectiveOn) {

  public byte[] canonical() {
    return CanonicalForm.of("entry")
        .integer(line)
        .uuid(accountId)
        .text(account)
        .integer(layer)
        .integer(amount)
        .text(currency)
        .day(effectiveOn)
        .toBytes();
  }
}
