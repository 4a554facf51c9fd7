package io.countersign.server.journal;

import java.time.Instant;

/// Up to where a ledger's books are final.
///
/// @param sequence every transaction of the ledger with a number up to this one is committed, and
///   none will be added there; the number itself belongs to no transaction
/// @param closedAt by the database's clock, to the microsecond: whatever is above `sequence` has a
///   later `recordedAt`
public record Watermark(long sequence, Instant closedAt) {}
