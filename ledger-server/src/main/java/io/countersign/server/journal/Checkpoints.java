package io.countersign.server.journal;

import io.countersign.server.database.Transactions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Builds checkpoints, up to a watermark and no further: an entry that appeared below one later
/// would be in no balance ever again.
///
/// Whatever is built follows from what is final, and a slice starts once, where the one before it
/// ended: so it does not matter how many servers build at once, where slices end, or whether
/// everything is dropped meanwhile.
@Component
class Checkpoints {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  // A balance adds up about as many entries as this at most, and those since the last round.
  private static final int ENTRIES_LEAST = 128;
  private static final int SLICE = 1024;
  // Whose accounts are looked at: to count the entries of every account that moved was most of the
  // work. An account with many entries is not missed for long.
  private static final int LOOKED_AT = 16;

  private final CheckpointStore store;
  private final Transactions transactions;

  private final int entriesLeast;
  private final int slice;
  private final int lookedAt;

  @Autowired
  Checkpoints(CheckpointStore store, Transactions transactions) {
    this(store, transactions, ENTRIES_LEAST, SLICE, LOOKED_AT);
  }

  /// @param entriesLeast how many entries of an account make a checkpoint worth its rows
  /// @param slice how many transactions are covered in one database transaction
  /// @param lookedAt of so many transactions, the accounts of one are looked at
  Checkpoints(
      CheckpointStore store, Transactions transactions, int entriesLeast, int slice, int lookedAt) {
    this.store = store;
    this.transactions = transactions;
    this.entriesLeast = entriesLeast;
    this.slice = slice;
    this.lookedAt = lookedAt;
  }

  /// Brings a ledger's checkpoints up to a watermark, slice by slice, each in a transaction of its
  /// own.
  void build(int ledger, Watermark watermark) {
    while (store.covered(ledger) < watermark.sequence()) {
      transactions.run(() -> buildSlice(ledger, watermark.sequence()));
    }
  }

  private void buildSlice(int ledger, long through) {
    long after = store.covered(ledger);
    if (after >= through) {
      return;
    }
    List<Long> sequences = store.slice(ledger, after, through, slice);
    long end = sequences.size() < slice ? through : sequences.getLast();
    if (!store.claim(ledger, after, end)) {
      return;
    }
    List<Long> sample = sequences.stream().filter(it -> it % lookedAt == 0).toList();
    List<CheckpointStore.Due> due = store.due(ledger, sample, end, entriesLeast);
    if (due.isEmpty()) {
      return;
    }
    Map<UUID, List<Checkpoint.Added>> added =
        byAccount(store.added(ledger, due, end), Checkpoint.Added::account);
    Map<UUID, Checkpoint> bases = new HashMap<>();
    store.checkpoints(ledger, due).forEach(base -> bases.put(base.account(), base));
    List<CheckpointStore.DaysKey> keys = touched(bases, added);
    Map<UUID, List<Checkpoint.Days>> touched =
        byAccount(store.days(ledger, keys), Checkpoint.Days::account);
    List<Checkpoint> checkpoints = new ArrayList<>();
    List<Checkpoint.Days> days = new ArrayList<>();
    List<Checkpoint.Added> segments = new ArrayList<>();
    for (CheckpointStore.Due account : due) {
      UUID id = account.account();
      if (lacksDays(keys, touched.getOrDefault(id, List.of()), id)) {
        LOG.warn("Account {} has a checkpoint without its days; truncate all of them", id);
        continue;
      }
      List<Checkpoint.Added> news = Objects.requireNonNull(added.get(id));
      Checkpoint.Built built =
          Checkpoint.next(id, end, bases.get(id), touched.getOrDefault(id, List.of()), news);
      segments.addAll(news);
      checkpoints.add(built.checkpoint());
      days.addAll(built.days());
    }
    store.insertSegments(ledger, segments, end);
    store.insertDays(ledger, days);
    store.insert(ledger, checkpoints);
  }

  // Somebody deleted rows by hand. Balances that miss them add up the entries.
  private static boolean lacksDays(
      List<CheckpointStore.DaysKey> keys, List<Checkpoint.Days> found, UUID account) {
    return keys.stream().filter(key -> key.account().equals(account)).count() != found.size();
  }

  private static List<CheckpointStore.DaysKey> touched(
      Map<UUID, Checkpoint> bases, Map<UUID, List<Checkpoint.Added>> added) {
    List<CheckpointStore.DaysKey> keys = new ArrayList<>();
    bases.forEach(
        (account, base) -> {
          Set<Integer> months =
              Objects.requireNonNull(added.get(account)).stream()
                  .map(Checkpoint.Added::month)
                  .collect(Collectors.toCollection(TreeSet::new));
          for (int month : months) {
            @Nullable Long through = base.daysThrough().get(month);
            if (through != null) {
              keys.add(new CheckpointStore.DaysKey(account, month, through));
            }
          }
        });
    return keys;
  }

  private static <T> Map<UUID, List<T>> byAccount(List<T> rows, Function<T, UUID> account) {
    return rows.stream().collect(Collectors.groupingBy(account));
  }
}
