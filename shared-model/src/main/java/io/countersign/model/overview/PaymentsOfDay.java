package io.countersign.model.overview;

import io.countersign.model.payments.PaymentState;
import java.time.LocalDate;

/// How many payments of a day are in a state now.
///
/// @param day on which they were made, in the ledger's time zone
public record PaymentsOfDay(LocalDate day, PaymentState state, long count) {}
