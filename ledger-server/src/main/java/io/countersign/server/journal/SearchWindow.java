package io.countersign.server.journal;

import io.countersign.server.journal.SearchPlan.Condition;
import io.countersign.server.journal.SearchStore.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Some blocks of the index, and which of their transactions fulfil a plan's conditions.
final class SearchWindow {

  private final int ledger;
  private final SearchStore store;
  private final List<Condition> conditions;
  private final List<SearchBlock> blocks;
  private final Map<Integer, @Nullable BitSet[]> fulfilled = new HashMap<>();
  private final int[] counts;

  /// @param blocks not empty
  SearchWindow(int ledger, SearchStore store, SearchPlan plan, List<SearchBlock> blocks) {
    this.ledger = ledger;
    this.store = store;
    this.conditions = List.copyOf(plan.conditions());
    this.blocks = blocks;
    this.counts = new int[conditions.size()];
    blocks.forEach(block -> fulfilled.put(block.number(), new @Nullable BitSet[counts.length]));
  }

  /// How often each condition is fulfilled, for those that are looked up by terms.
  int[] counts() {
    return counts;
  }

  /// The sequences that may be what is asked for, ascending.
  List<Long> candidates() {
    lookUp();
    Map<Integer, BitSet> left = new TreeMap<>();
    for (SearchBlock block : blocks) {
      BitSet bits = byTerms(block);
      if (!bits.isEmpty()) {
        left.put(block.number(), bits);
      }
    }
    for (int i = 0; i < conditions.size(); i++) {
      lookUpInBooks(i, left);
    }
    List<Long> sequences = new ArrayList<>();
    left.forEach(
        (block, bits) -> bits.stream().forEach(it -> sequences.add(SearchBlock.first(block) + it)));
    return sequences;
  }

  private void lookUp() {
    TreeMap<Long, Integer> owners = new TreeMap<>();
    List<Long> single = new ArrayList<>();
    List<TermRange> ranges = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i) instanceof SearchPlan.Days days
          && blocks.stream().allMatch(days::cover)) {
        continue;
      }
      for (TermRange terms : conditions.get(i).terms()) {
        owners.put(terms.from(), i);
        if (terms.isOne()) {
          single.add(terms.from());
        } else {
          ranges.add(terms);
        }
      }
    }
    int first = blocks.stream().mapToInt(SearchBlock::number).min().orElseThrow();
    int last = blocks.stream().mapToInt(SearchBlock::number).max().orElseThrow();
    SearchStore.Postings reader =
        (term, block, positions) ->
            add(Objects.requireNonNull(owners.floorEntry(term)).getValue(), term, block, positions);
    if (!single.isEmpty()) {
      store.readTerms(ledger, single, first, last, reader);
    }
    if (!ranges.isEmpty()) {
      store.readRanges(ledger, ranges, first, last, reader);
    }
  }

  private void add(int condition, long term, int block, byte[] positions) {
    @Nullable BitSet[] ofBlock = fulfilled.get(block);
    if (ofBlock == null) {
      return;
    }
    BitSet bits = ofBlock[condition];
    if (bits == null) {
      bits = new BitSet(SearchBlock.SIZE);
      ofBlock[condition] = bits;
    }
    // That an account is frequent in a block is known by any of its terms.
    if (!(conditions.get(condition) instanceof SearchPlan.OfAccount account)
        || account.asked().contains(term)) {
      int before = bits.cardinality();
      SearchPositions.decode(positions, bits);
      counts[condition] += bits.cardinality() - before;
    }
  }

  private BitSet byTerms(SearchBlock block) {
    BitSet left = new BitSet(SearchBlock.SIZE);
    left.set(0, SearchBlock.SIZE);
    @Nullable BitSet[] ofBlock = Objects.requireNonNull(fulfilled.get(block.number()));
    for (int i = 0; i < ofBlock.length; i++) {
      BitSet bits = ofBlock[i];
      boolean open =
          switch (conditions.get(i)) {
            case SearchPlan.Days days -> days.cover(block);
            case SearchPlan.OfAccount _, SearchPlan.OfReference _ -> bits == null;
            case SearchPlan.Listed _, SearchPlan.TextPart _ -> false;
          };
      if (!open) {
        left.and(bits == null ? new BitSet() : bits);
      }
    }
    return left;
  }

  private void lookUpInBooks(int condition, Map<Integer, BitSet> left) {
    List<Integer> rare =
        left.keySet().stream()
            .filter(block -> Objects.requireNonNull(fulfilled.get(block))[condition] == null)
            .toList();
    if (rare.isEmpty()) {
      return;
    }
    List<Long> sequences;
    switch (conditions.get(condition)) {
      case SearchPlan.OfAccount it ->
          sequences = store.ofAccount(ledger, it.account(), it.least(), it.most(), spans(rare));
      case SearchPlan.OfReference it ->
          sequences = store.ofReference(ledger, it.reference(), spans(rare));
      case SearchPlan.Days _, SearchPlan.Listed _, SearchPlan.TextPart _ -> {
        return;
      }
    }
    Map<Integer, BitSet> found = new HashMap<>();
    rare.forEach(block -> found.put(block, new BitSet()));
    for (long sequence : sequences) {
      int block = SearchBlock.of(sequence);
      Objects.requireNonNull(found.get(block)).set((int) (sequence - SearchBlock.first(block)));
    }
    found.forEach((block, bits) -> Objects.requireNonNull(left.get(block)).and(bits));
    left.values().removeIf(BitSet::isEmpty);
  }

  // Neighbours are looked up together.
  private static List<Span> spans(Collection<Integer> blocks) {
    List<Span> spans = new ArrayList<>();
    for (int block : blocks.stream().sorted(Comparator.naturalOrder()).toList()) {
      long first = SearchBlock.first(block);
      if (!spans.isEmpty() && spans.getLast().last() == first - 1) {
        first = spans.removeLast().first();
      }
      spans.add(new Span(first, SearchBlock.last(block)));
    }
    return spans;
  }
}
