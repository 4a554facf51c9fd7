package io.countersign.server.journal;

import io.countersign.server.database.Transactions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Takes the books into the search index, a block at a time, once a watermark has made the block
/// final. Several servers may do so at once: of two who take the same block one is first.
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
    @Nullable Integer last = store.lastBlock(ledger);
    @Nullable Long next = store.nextSequence(ledger, last == null ? 0 : SearchBlock.last(last) + 1);
    if (next == null || watermark.isEmpty()) {
      return false;
    }
    int block = SearchBlock.of(next);
    if (SearchBlock.last(block) > watermark.get().sequence()) {
      return false;
    }
    SearchBlockTerms terms = store.read(ledger, block);
    transactions.run(() -> store.insert(ledger, block, terms));
    return true;
  }
}
