package io.countersign.server.payments.provider;

import io.countersign.model.CurrencyCode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One booking on the balance that a provider keeps for us.
///
/// @param id the provider's, alike whenever it is listed
/// @param type the provider's word, such as `charge`, `refund`, `payout` or `stripe_fee`
/// @param grossMinorUnits signed: what comes in is positive
/// @param feeMinorUnits what the provider keeps of it; `net = gross − fee`
/// @param netMinorUnits signed
/// @param availableAt when the money may be paid out
/// @param references the provider's names and our key of what it is about, as far as it says
public record SettlementLine(
    String id,
    String type,
    long grossMinorUnits,
    long feeMinorUnits,
    long netMinorUnits,
    CurrencyCode currency,
    Instant createdAt,
    Instant availableAt,
    List<String> references,
    @Nullable String description) {

  public SettlementLine {
    references = List.copyOf(references);
  }
}
