package io.countersign.server.reconciliation.statement;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A booked balance as the bank states it.
///
/// @param minorUnits negative when the account is overdrawn
/// @param on the bank's day; null when it names none that exists
public record Balance(long minorUnits, @Nullable LocalDate on) {}
