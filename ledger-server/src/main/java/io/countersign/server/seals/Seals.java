package io.countersign.server.seals;

import io.countersign.model.seals.Seal;
import io.countersign.server.accounts.Ledger;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.Cursor;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Page;
import io.countersign.server.journal.Watermark;
import io.countersign.server.journal.Watermarks;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// The seals of each ledger.
@Component
public class Seals {

  private static final Logger LOG = LoggerFactory.getLogger(Seals.class);

  private final SealStore store;
  private final Sealer sealer;
  private final Watermarks watermarks;
  private final Ledgers ledgers;

  Seals(SealStore store, Sealer sealer, Watermarks watermarks, Ledgers ledgers) {
    this.store = store;
    this.sealer = sealer;
    this.watermarks = watermarks;
    this.ledgers = ledgers;
  }

  /// Seals what every ledger, and the server itself, has recorded up to its newest watermark. One
  /// ledger's failure holds up no other.
  ///
  /// @param stopping whether the server is going down; the next round goes on from there
  void sealAll(BooleanSupplier stopping) {
    for (Ledger ledger : ledgers.all()) {
      long watermark = watermarks.newest(ledger.id()).map(Watermark::sequence).orElse(0L);
      seal(ledger.scope(), watermark, stopping);
    }
    seal(LedgerScope.SERVER, 0, stopping);
  }

  private void seal(LedgerScope ledger, long watermark, BooleanSupplier stopping) {
    try {
      sealer.sealThrough(ledger, watermark, stopping);
    } catch (DataAccessException e) {
      LOG.error("Ledger '{}' could not be sealed; the next round tries again", ledger.code(), e);
    }
  }

  /// Seals everything that has been acknowledged until now, in transactions of its own.
  ///
  /// @param stopping whether the server is going down; then there may be more to seal
  /// @return a watermark that no later transaction is below
  public long sealNow(LedgerScope ledger, BooleanSupplier stopping) {
    long watermark = takeWatermark(ledger);
    sealer.sealThrough(ledger, watermark, stopping);
    sealer.sealThrough(LedgerScope.SERVER, 0, stopping);
    return watermark;
  }

  private long takeWatermark(LedgerScope ledger) {
    try {
      return watermarks.take(ledger.id()).sequence();
    } catch (ConcurrencyFailureException e) {
      LOG.warn(
          "No watermark of ledger '{}' now, the gate is busy; an older one must do",
          ledger.code(),
          e);
      return watermarks.newest(ledger.id()).map(Watermark::sequence).orElse(0L);
    }
  }

  /// The first seal that covers a sequence; empty when none does yet.
  public Optional<Seal> reaching(LedgerScope ledger, long sequence) {
    return store.reaching(ledger.id(), ledger.code(), sequence).map(SealRow::toModel);
  }

  public Optional<Seal> newest(LedgerScope ledger) {
    return store.newest(ledger.id(), ledger.code()).map(SealRow::toModel);
  }

  /// The seals after a number, in their order.
  public List<Seal> after(LedgerScope ledger, long number, int limit) {
    return store.page(ledger.id(), ledger.code(), number, limit).stream()
        .map(SealRow::toModel)
        .toList();
  }

  /// @param after a cursor, or the number of a seal that the caller has
  Page<Seal> page(LedgerScope ledger, @Nullable String after, int limit) {
    long last = after == null ? 0 : numberOf(after);
    return Page.of(after(ledger, last, limit + 1), limit, seal -> Cursor.of(seal.number()));
  }

  private static long numberOf(String after) {
    return after.matches("\\d{1,18}") ? Long.parseLong(after) : Cursor.number(after);
  }
}
