package io.countersign.server.journal;

import io.countersign.server.database.Snapshots;
import io.countersign.server.journal.SearchStore.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Finds the transactions that a filter asks for, at the same cost however long the books are.
///
/// What is rare on an account or by its reference is found by the books' own indexes. Otherwise the
/// search index names candidates, in windows that grow, so that what is frequent is found in the
/// first and what is rare in few; every candidate is checked against the books. What is newer than
/// the index is looked through itself, so every acknowledged transaction is found at once.
@Component
class JournalSearch {

  /// As many entries are looked through rather than searched for.
  private static final int FEW = 500;

  private static final int FIRST_WINDOW = 2;
  private static final int WINDOW_GROWTH = 8;
  private static final int WINDOW_MAX = 1024;
  private static final int CHECKED_AT_ONCE_MAX = 8192;

  private final TransactionStore transactions;
  private final SearchStore store;
  private final Snapshots snapshots;

  JournalSearch(TransactionStore transactions, SearchStore store, Snapshots snapshots) {
    this.transactions = transactions;
    this.store = store;
    this.snapshots = snapshots;
  }

  /// @param after the sequence that the page before ended with; null for the first page
  /// @return at most `rows` sequences in the filter's order
  List<Long> find(int ledger, TransactionFilter filter, @Nullable Long after, int rows) {
    long first = after == null || filter.newestFirst() ? 0 : after + 1;
    long last = after == null || !filter.newestFirst() ? Long.MAX_VALUE : after - 1;
    Span within = new Span(first, last);
    if (filter.leastAmount() > filter.mostAmount()) {
      return List.of();
    }
    return filter.asksForAnything()
        ? snapshots.read(() -> new Run(ledger, filter, within, rows).find())
        : transactions.matching(ledger, filter, within, rows);
  }

  private final class Run {
    private final int ledger;
    private final TransactionFilter filter;
    private final Span within;
    private final int rows;
    private final List<Long> found = new ArrayList<>();

    Run(int ledger, TransactionFilter filter, Span within, int rows) {
      this.ledger = ledger;
      this.filter = filter;
      this.within = within;
      this.rows = rows;
    }

    List<Long> find() {
      List<Long> few = few();
      if (few != null) {
        return transactions.matchingAmong(ledger, filter, few, rows);
      }
      List<SearchBlock> blocks = store.blocks(ledger);
      long indexed = blocks.isEmpty() ? -1 : blocks.getLast().last();
      if (filter.newestFirst()) {
        lookThroughAfter(indexed);
        searchIn(blocks.reversed());
      } else {
        searchIn(blocks);
        lookThroughAfter(indexed);
      }
      return found;
    }

    private @Nullable List<Long> few() {
      UUID account = filter.account();
      List<Long> few = account == null ? null : store.fewOfAccount(ledger, account, within, FEW);
      String reference = filter.reference();
      return few != null || reference == null
          ? few
          : store.fewOfReference(ledger, reference, within, FEW);
    }

    private void lookThroughAfter(long indexed) {
      Span span = new Span(Math.max(within.first(), indexed + 1), within.last());
      if (missing() > 0 && span.first() <= span.last()) {
        found.addAll(transactions.matching(ledger, filter, span, missing()));
      }
    }

    private void searchIn(List<SearchBlock> blocks) {
      SearchPlan plan = new SearchPlan(filter);
      List<SearchBlock> asked =
          blocks.stream()
              .filter(it -> it.first() <= within.last() && it.last() >= within.first())
              .filter(plan::meets)
              .toList();
      int size = FIRST_WINDOW;
      for (int start = 0; start < asked.size() && missing() > 0; ) {
        int end = Math.min(asked.size(), start + size);
        SearchWindow window = new SearchWindow(ledger, store, plan, asked.subList(start, end));
        check(window.candidates());
        plan.keepRarest(window.bytes());
        start = end;
        size = Math.min(WINDOW_MAX, size * WINDOW_GROWTH);
      }
    }

    private void check(NavigableMap<Long, BitSet> candidates) {
      NavigableMap<Long, BitSet> inOrder =
          filter.newestFirst() ? candidates.descendingMap() : candidates;
      List<Long> batch = new ArrayList<>();
      int size = 2 * rows;
      for (Map.Entry<Long, BitSet> block : inOrder.entrySet()) {
        BitSet bits = block.getValue();
        for (int at = next(bits, -1); at >= 0 && missing() > 0; at = next(bits, at)) {
          long sequence = block.getKey() + at;
          if (sequence >= within.first() && sequence <= within.last()) {
            batch.add(sequence);
          }
          if (batch.size() == size) {
            check(batch);
            size = Math.min(CHECKED_AT_ONCE_MAX, size * 2);
          }
        }
      }
      check(batch);
    }

    // The position after one, in the filter's order; -1 stands before the first and after the last.
    private int next(BitSet bits, int position) {
      if (filter.newestFirst()) {
        return position == 0
            ? -1
            : bits.previousSetBit(position < 0 ? bits.length() : position - 1);
      }
      return bits.nextSetBit(position + 1);
    }

    private void check(List<Long> batch) {
      if (missing() > 0) {
        found.addAll(transactions.matchingAmong(ledger, filter, batch, missing()));
      }
      batch.clear();
    }

    private int missing() {
      return rows - found.size();
    }
  }
}
