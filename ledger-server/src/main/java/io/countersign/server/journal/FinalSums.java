package io.countersign.server.journal;

import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What accounts had available at a watermark, remembered, so that the next append need not add
/// their entries up again.
///
/// A sum up to a watermark is a sum of rows that never change and among which none will ever
/// appear: it cannot grow old. It can only be of other books, when a backup is restored or a
/// replica that lacks the last commits takes over behind a running server. So every append asks
/// whether the newest watermark that sums are remembered of is still there, and forgets all of them
/// when it is not.
@Component
final class FinalSums {

  /// @param through the watermark up to which everything is in
  /// @param signed posted less held, as stored: debits positive
  record Sum(long through, BigInteger signed) {}

  // Some 200 bytes each.
  private static final int ACCOUNTS_MAX = 100_000;

  private final ConcurrentMap<Integer, OfLedger> ledgers = new ConcurrentHashMap<>();

  /// The newest watermark that anything is remembered of; null without any.
  @Nullable Watermark newest(int ledger) {
    return of(ledger).newest;
  }

  Map<UUID, Sum> find(int ledger, Collection<UUID> accounts) {
    OfLedger of = of(ledger);
    Map<UUID, Sum> found = new HashMap<>();
    of.lock.lock();
    try {
      for (UUID account : accounts) {
        Sum sum = of.sums.get(account);
        if (sum != null) {
          found.put(account, sum);
        }
      }
    } finally {
      of.lock.unlock();
    }
    return found;
  }

  /// @param watermark that of all the sums
  void remember(int ledger, Watermark watermark, Map<UUID, Sum> sums) {
    OfLedger of = of(ledger);
    of.lock.lock();
    try {
      if (of.newest == null || of.newest.sequence() < watermark.sequence()) {
        of.newest = watermark;
      }
      of.sums.putAll(sums);
    } finally {
      of.lock.unlock();
    }
  }

  void forget(int ledger) {
    ledgers.remove(ledger);
  }

  private OfLedger of(int ledger) {
    return ledgers.computeIfAbsent(ledger, id -> new OfLedger());
  }

  private static final class OfLedger {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UUID, Sum> sums =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<UUID, Sum> eldest) {
            return size() > ACCOUNTS_MAX;
          }
        };
    private volatile @Nullable Watermark newest;
  }
}
