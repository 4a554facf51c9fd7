package io.countersign.server.reconciliation.matching;

import io.countersign.model.CurrencyCode;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/// A statement line that nothing explains yet.
///
/// @param account the source's account it stands on
/// @param day the booking day
/// @param minorUnits signed; money in is positive
/// @param keys of its references, as [ReferenceKeys] makes them
/// @param text remittance information and references as written, in which a reference may hide
/// @param dismissed a person decided that nothing is missing: it may match, but raises nothing
public record LineItem(
    UUID id,
    UUID account,
    LocalDate day,
    long minorUnits,
    CurrencyCode currency,
    List<String> keys,
    String text,
    boolean dismissed) {

  public LineItem {
    keys = List.copyOf(keys);
  }
}
