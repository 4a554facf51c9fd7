package io.countersign.model.journal;

/// A month of accounting days.
///
/// @param period such as `2026-10`
public record Period(String period, PeriodState state) {}
