package io.countersign.server.transfers;

import io.countersign.model.id.TransactionId;

/// What has come of a transfer in the ledger it goes to. Decided once: neither changes any more,
/// whatever becomes of the accounts.
sealed interface Arrival {

  record Posted(TransactionId transaction) implements Arrival {}

  /// @param why in words
  record Refused(String why) implements Arrival {}
}
