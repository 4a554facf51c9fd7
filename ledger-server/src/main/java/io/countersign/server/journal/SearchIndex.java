package io.countersign.server.journal;

import io.countersign.server.database.Transactions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Takes the books into the search index, a block at a time, once a watermark has made the block
/// final: small blocks as they come, and a large one in the place of its small ones.
///
/// Several servers may do so at once: of two who take the same block one is first. A small block
/// that one of them adds beside its large one is not looked at, and goes when the next turn finds
/// it.
@Component
class SearchIndex {

  private final SearchIndexStore store;
  private final Watermarks watermarks;
  private final Transactions transactions;

  SearchIndex(SearchIndexStore store, Watermarks watermarks, Transactions transactions) {
    this.store = store;
    this.watermarks = watermarks;
    this.transactions = transactions;
  }

  /// Takes in the next block of a ledger that is final and is not in.
  ///
  /// @return whether there was one
  boolean takeNext(int ledger) {
    Optional<Watermark> watermark = watermarks.newest(ledger);
    if (watermark.isEmpty()) {
      return false;
    }
    long through = watermark.get().sequence();
    @Nullable Integer small = store.firstSmall(ledger);
    if (small != null) {
      long first = SearchBlock.first(small, SearchBlock.SMALL);
      if (take(ledger, first, SearchBlock.LARGE, through)) {
        return true;
      }
    }
    long in =
        Math.max(
            store.through(ledger, SearchBlock.SMALL), store.through(ledger, SearchBlock.LARGE));
    @Nullable Long next = store.nextSequence(ledger, in + 1);
    return next != null
        && (take(ledger, next, SearchBlock.LARGE, through)
            || take(ledger, next, SearchBlock.SMALL, through));
  }

  // Takes the block of a sequence that has a transaction, if it is final.
  private boolean take(int ledger, long sequence, int size, long through) {
    int number = SearchBlock.number(sequence, size);
    if (SearchBlock.last(number, size) > through) {
      return false;
    }
    SearchBlockTerms terms = store.read(ledger, size, number);
    SearchBlock block = terms.block(number);
    transactions.run(
        () -> {
          store.insert(ledger, block, terms);
          if (size == SearchBlock.LARGE) {
            store.deleteSmall(ledger, block);
          }
        });
    return true;
  }
}
