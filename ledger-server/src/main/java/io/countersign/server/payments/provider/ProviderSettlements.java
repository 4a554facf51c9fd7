package io.countersign.server.payments.provider;

import java.time.Instant;
import java.util.function.Consumer;

/// A provider that lists over its API what it settles with us.
public interface ProviderSettlements {

  /// As payments name it, such as `stripe`.
  String name();

  /// Lists what the provider booked within a time, newest first, page by page: memory stays as it
  /// is however many there are. Blocks; to be called with no database transaction open.
  ///
  /// @param from inclusive
  /// @param until exclusive
  /// @param sink gets each line once; what it got before a failure is no whole settlement
  /// @throws SettlementUnavailable when a page cannot be had or read
  void list(Instant from, Instant until, Consumer<SettlementLine> sink);

  /// Says for people why there is no settlement now.
  final class SettlementUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettlementUnavailable(String why) {
      super(why);
    }
  }
}
