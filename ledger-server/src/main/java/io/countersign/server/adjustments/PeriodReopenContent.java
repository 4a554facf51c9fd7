package io.countersign.server.adjustments;

/// What the decider of a reopening sees.
///
/// @param period such as `2026-10`
record PeriodReopenContent(String period, String reason) {}
