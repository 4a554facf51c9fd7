package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.id.HoldId;

/// Funds set aside on `from` until they go to `to` or are let go.
public record Hold(HoldId id, String from, String to, Money amount, String description) {}
