package io.countersign.server.seals;

import io.countersign.model.seals.Broken;
import io.countersign.seal.SealStatement;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.SealedRecords;
import io.countersign.server.journal.JournalTrail;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/// Computes all seals of a ledger again from what is stored now, seal by seal, and finds the first
/// thing that differs.
@Component
class BooksCheck {

  private static final int SEALS_AT_ONCE = 100;

  private final SealStore store;
  private final Sealer sealer;
  private final JournalTrail trail;
  private final SealKey key;

  BooksCheck(SealStore store, Sealer sealer, JournalTrail trail, SealKey key) {
    this.store = store;
    this.sealer = sealer;
    this.trail = trail;
    this.key = key;
  }

  /// @param onPage told at least after every 500 transactions, and may throw to stop
  /// @param onIntact told of each seal that holds
  /// @return the first difference; empty when everything is as it was sealed
  Optional<Broken> firstBroken(
      LedgerScope ledger, Runnable onPage, Consumer<SealStatement> onIntact) {
    // Before the seals: by the time they are read, one that is mentioned here is there.
    long mentioned = sealer.newestMentioned(ledger.id());
    ChainCheck chain = new ChainCheck(key);
    List<SealRow> seals = store.page(ledger.id(), ledger.code(), 0, SEALS_AT_ONCE);
    long after = JournalTrail.BEFORE_ALL;
    while (!seals.isEmpty()) {
      for (SealRow seal : seals) {
        long begin = after;
        Optional<Broken> broken =
            chain.next(seal).or(() -> contentBroken(ledger, seal.statement(), begin, onPage));
        if (broken.isPresent()) {
          return broken;
        }
        after = seal.statement().throughSequence();
        onIntact.accept(seal.statement());
      }
      seals = store.page(ledger.id(), ledger.code(), chain.number(), SEALS_AT_ONCE);
    }
    if (mentioned > chain.number()) {
      return ChainCheck.broken(
          chain.number() + 1,
          "missing",
          "There are records of seal " + mentioned + ", but the last seal is " + chain.number());
    }
    return unregistered(ledger.id(), chain.number());
  }

  private Optional<Broken> contentBroken(
      LedgerScope ledger, SealStatement sealed, long after, Runnable onPage) {
    JournalSpan span =
        JournalSpan.walk(
            trail,
            ledger.id(),
            after,
            sealed.throughSequence(),
            Long.MAX_VALUE,
            page -> onPage.run());
    RecordSpan records = RecordSpan.walk(sealer.kinds(), ledger.id(), sealed.number());
    onPage.run();
    if (Arrays.equals(span.transactionsRoot(), sealed.transactionsRoot())
        && Arrays.equals(span.totalsRoot(), sealed.totalsRoot())
        && Arrays.equals(records.root(), sealed.recordsRoot())
        && span.transactions() == sealed.transactions()
        && span.entries() == sealed.entries()
        && records.records() == sealed.records()) {
      return Optional.empty();
    }
    LeafList stored = new LeafList();
    stored.addAll(span.leaves());
    stored.addAll(records.leaves());
    return Optional.of(place(ledger.id(), sealed, stored));
  }

  private Broken place(int ledger, SealStatement sealed, LeafList stored) {
    Differences differences = new Differences(sealer.kinds(), sealed.number());
    Optional<LeafList> list = sealedLeaves(ledger, sealed);
    return list.flatMap(it -> differences.first(it, stored))
        .orElseGet(
            () ->
                differences.unknownPlace(
                    "What is stored between the sequences "
                        + sealed.fromSequence()
                        + " and "
                        + sealed.throughSequence()
                        + " is not what was sealed, and the list that would tell which record"
                        + " differs was altered too."));
  }

  // The list counts only when it is the one that was sealed.
  private Optional<LeafList> sealedLeaves(int ledger, SealStatement sealed) {
    try {
      return store
          .leaves(ledger, sealed.number())
          .map(LeafList::of)
          .filter(it -> Arrays.equals(it.root(true), sealed.transactionsRoot()))
          .filter(it -> Arrays.equals(it.root(false), sealed.recordsRoot()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<Broken> unregistered(int ledger, long seal) {
    for (SealedRecords kind : sealer.kinds()) {
      Optional<SealedRecords.Key> found = kind.unregistered(ledger);
      if (found.isPresent()) {
        String name = kind.name(found.get());
        return Optional.of(
            new Broken(
                kind.kind().wire(),
                name,
                found.get().number() == 0 ? null : found.get().number(),
                seal,
                "added",
                name + " was put into the database past the server, so no seal can have it."));
      }
    }
    return Optional.empty();
  }
}
