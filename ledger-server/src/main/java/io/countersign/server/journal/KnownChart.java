package io.countersign.server.journal;

import io.countersign.server.accounts.AccountRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/// Accounts as an append read them, remembered for the next one.
///
/// Of an account only the status ever changes, alone at the gate, and with it the mark of the
/// chart. An append reads the mark after it entered the gate, and uses what was read under the same
/// one: so an acknowledged freeze is seen, whichever server made it.
///
/// An account can also be gone, when a backup is restored or a replica that lacks the last commits
/// takes over behind a running server. So it is only used once a watermark was closed after it had
/// been read: whatever books have that watermark have the account. The append makes sure that they
/// have it ([FinalSums]).
@Component
final class KnownChart {

  /// @param readAt the newest watermark at the time
  private record Known(AccountRow account, long readAt) {}

  // Some 500 bytes each.
  private static final int ACCOUNTS_MAX = 100_000;

  private final ConcurrentMap<Integer, OfLedger> ledgers = new ConcurrentHashMap<>();

  /// Those of the accounts that are as they are remembered.
  Map<String, AccountRow> find(
      int ledger, JournalStore.Standing standing, Collection<String> codes) {
    return ledgers.computeIfAbsent(ledger, id -> new OfLedger()).find(standing, codes);
  }

  /// @param read since the caller entered the gate
  void remember(int ledger, JournalStore.Standing standing, Map<String, AccountRow> read) {
    ledgers.computeIfAbsent(ledger, id -> new OfLedger()).remember(standing, read);
  }

  void forget(int ledger) {
    ledgers.remove(ledger);
  }

  private static long sequence(JournalStore.Standing standing) {
    return standing.watermark() == null ? 0 : standing.watermark().sequence();
  }

  private static final class OfLedger {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Known> accounts =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > ACCOUNTS_MAX;
          }
        };
    private UUID mark = new UUID(0, 0);

    Map<String, AccountRow> find(JournalStore.Standing standing, Collection<String> codes) {
      Map<String, AccountRow> found = new HashMap<>();
      lock.lock();
      try {
        keepOnly(standing.chart());
        for (String code : codes) {
          Known known = accounts.get(code);
          if (known != null && known.readAt() < sequence(standing)) {
            found.put(code, known.account());
          }
        }
      } finally {
        lock.unlock();
      }
      return found;
    }

    void remember(JournalStore.Standing standing, Map<String, AccountRow> read) {
      lock.lock();
      try {
        if (mark.equals(standing.chart())) {
          read.forEach(
              (code, account) ->
                  accounts.putIfAbsent(code, new Known(account, sequence(standing))));
        }
      } finally {
        lock.unlock();
      }
    }

    private void keepOnly(UUID current) {
      if (!mark.equals(current)) {
        accounts.clear();
        mark = current;
      }
    }
  }
}
