package io.countersign.server.seals;

import io.countersign.seal.SealStatement;
import io.countersign.seal.Sha256;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.SealedRecords;
import io.countersign.server.database.Transactions;
import io.countersign.server.journal.JournalTrail;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/// Makes seals, one bounded piece of history at a time.
///
/// The journal's part is read before the transaction that writes the seal: up to a watermark it
/// never changes. Of several servers that make the same seal one is first; the others find its
/// number taken, or its records marked, and leave nothing behind.
@Component
class Sealer {

  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

  // Bound the memory of a piece, and the transaction that writes it, to well under a second.
  private static final Piece PIECE = new Piece(40_000, 2_000);

  /// How much goes into one seal.
  ///
  /// @param entries after which no further page of transactions is read
  /// @param records of each kind
  record Piece(long entries, int records) {}

  private static final byte[] NO_SEAL = new byte[Sha256.BYTES];

  private final SealStore store;
  private final JournalTrail trail;
  private final List<SealedRecords> kinds;
  private final SealKey key;
  private final Transactions transactions;
  private final Clock clock;
  private final Piece piece;

  @Autowired
  Sealer(
      SealStore store,
      JournalTrail trail,
      List<SealedRecords> kinds,
      SealKey key,
      Transactions transactions,
      Clock clock) {
    this(store, trail, kinds, key, transactions, clock, PIECE);
  }

  Sealer(
      SealStore store,
      JournalTrail trail,
      List<SealedRecords> kinds,
      SealKey key,
      Transactions transactions,
      Clock clock,
      Piece piece) {
    this.store = store;
    this.trail = trail;
    this.kinds = kinds.stream().sorted(Comparator.comparing(SealedRecords::kind)).toList();
    this.key = key;
    this.transactions = transactions;
    this.clock = clock;
    this.piece = piece;
  }

  private enum Step {
    MADE,
    OVERTAKEN,
    /// Or nothing that may be sealed.
    NOTHING_LEFT
  }

  /// Another seal came first; what this one has written is undone.
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  List<SealedRecords> kinds() {
    return kinds;
  }

  /// Seals everything up to a watermark, and every other record that has been committed.
  ///
  /// @param watermark of this ledger; 0 for one without transactions
  /// @param stopping whether to leave the rest to a later round
  /// @return how many seals it took
  int sealThrough(LedgerScope ledger, long watermark, BooleanSupplier stopping) {
    int made = 0;
    while (!stopping.getAsBoolean()) {
      switch (sealNext(ledger, watermark)) {
        case MADE -> made++;
        // The other one may have known an older watermark, and have left something.
        case OVERTAKEN -> {}
        case NOTHING_LEFT -> {
          return made;
        }
      }
    }
    return made;
  }

  private Step sealNext(LedgerScope ledger, long watermark) {
    // Before the newest seal is read: by then one that is mentioned is there.
    long mentioned = newestMentioned(ledger.id());
    Optional<SealRow> previous = store.newest(ledger.id(), ledger.code());
    long last = previous.map(it -> it.statement().number()).orElse(0L);
    if (mentioned > last) {
      LOG.error(
          "Ledger '{}' has leaves of seals after its newest, {}: a seal was deleted. Nothing is"
              + " sealed until somebody has looked into it; verify the seals.",
          ledger.code(),
          last);
      return Step.NOTHING_LEFT;
    }
    long after =
        previous.map(it -> it.statement().throughSequence()).orElse(JournalTrail.BEFORE_ALL);
    JournalSpan span =
        JournalSpan.walk(trail, ledger.id(), after, watermark, piece.entries(), page -> {});
    if (span.transactions() == 0 && nothingWaits(ledger.id())) {
      return Step.NOTHING_LEFT;
    }
    try {
      transactions.run(() -> write(ledger, previous.orElse(null), span));
      return Step.MADE;
    } catch (Overtaken | DuplicateKeyException e) {
      // The latter from a register: both gave out the same places of the same seal.
      LOG.debug("another one sealed ledger '{}' after seal {}", ledger.code(), last);
      return Step.OVERTAKEN;
    }
  }

  private void write(LedgerScope ledger, @Nullable SealRow previous, JournalSpan span) {
    long number = previous == null ? 1 : previous.statement().number() + 1;
    mark(ledger.id(), number);
    RecordSpan records = RecordSpan.walk(kinds, ledger.id(), number);
    long from = previous == null ? 1 : previous.statement().throughSequence() + 1;
    SealStatement statement =
        new SealStatement(
            ledger.code(),
            number,
            from,
            Math.max(span.through(), from - 1),
            span.transactions(),
            span.entries(),
            records.records(),
            span.transactionsRoot(),
            records.root(),
            span.totalsRoot(),
            previous == null ? NO_SEAL : previous.statement().hash(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            key.publicKey());
    SealRow seal = new SealRow(statement, key.sign(statement.canonical()));
    LeafList leaves = new LeafList();
    leaves.addAll(span.leaves());
    leaves.addAll(records.leaves());
    if (!store.insert(ledger.id(), seal, leaves)) {
      throw new Overtaken();
    }
  }

  private void mark(int ledger, long number) {
    int position = 1;
    for (SealedRecords kind : kinds) {
      List<SealedRecords.Key> waiting = kind.waiting(ledger, piece.records());
      if (!waiting.isEmpty()) {
        if (kind.mark(ledger, number, position, waiting) != waiting.size()) {
          throw new Overtaken();
        }
        position += waiting.size();
      }
    }
  }

  private boolean nothingWaits(int ledger) {
    return kinds.stream().allMatch(kind -> kind.waiting(ledger, 1).isEmpty());
  }

  /// The highest number of a seal that anything refers to.
  long newestMentioned(int ledger) {
    return Math.max(
        store.newestLeaves(ledger),
        kinds.stream().mapToLong(kind -> kind.newestSeal(ledger)).max().orElse(0));
  }
}
