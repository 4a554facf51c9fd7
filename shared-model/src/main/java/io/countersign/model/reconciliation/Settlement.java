package io.countersign.model.reconciliation;

import org.jspecify.annotations.Nullable;

/// What an acquirer says about one line: `gross − fee` is the line's amount.
///
/// @param gross signed minor units of the line's currency, before fees
/// @param fee minor units that the acquirer keeps; negative when it gives some back
/// @param payout names the payout that the line belongs to, or that it is; null when the file names
///   none, or none yet
public record Settlement(SettlementType type, long gross, long fee, @Nullable String payout) {}
