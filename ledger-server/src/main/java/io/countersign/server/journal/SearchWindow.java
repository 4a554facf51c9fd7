package io.countersign.server.journal;

import io.countersign.server.journal.SearchPlan.Condition;
import io.countersign.server.journal.SearchStore.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Some blocks of the index, and which of their transactions fulfil a plan's conditions.
final class SearchWindow {

  private final int ledger;
  private final SearchStore store;
  private final List<Condition> conditions;
  private final List<SearchBlock> blocks;
  // By the blocks' first sequences; for each condition null where no term tells of it.
  private final NavigableMap<Long, @Nullable BitSet[]> fulfilled = new TreeMap<>();
  private final int[] bytes;

  /// @param blocks not empty
  SearchWindow(int ledger, SearchStore store, SearchPlan plan, List<SearchBlock> blocks) {
    this.ledger = ledger;
    this.store = store;
    this.conditions = List.copyOf(plan.conditions());
    this.blocks = blocks;
    this.bytes = new int[conditions.size()];
    blocks.forEach(block -> fulfilled.put(block.first(), new @Nullable BitSet[bytes.length]));
  }

  /// How many bytes are stored for each condition: the rarer it is, the fewer.
  int[] bytes() {
    return bytes;
  }

  /// What may be asked for in each block that has anything, by the block's first sequence: the
  /// distances from it.
  NavigableMap<Long, BitSet> candidates() {
    lookUp(SearchBlock.LARGE);
    lookUp(SearchBlock.SMALL);
    NavigableMap<Long, BitSet> left = new TreeMap<>();
    for (SearchBlock block : blocks) {
      BitSet bits = byTerms(block);
      if (!bits.isEmpty()) {
        left.put(block.first(), bits);
      }
    }
    for (int i = 0; i < conditions.size(); i++) {
      lookUpInBooks(i, left);
    }
    return left;
  }

  private void lookUp(int size) {
    List<SearchBlock> ofSize = blocks.stream().filter(it -> it.size() == size).toList();
    if (ofSize.isEmpty()) {
      return;
    }
    TreeMap<Long, Integer> owners = new TreeMap<>();
    List<Long> single = new ArrayList<>();
    List<TermRange> ranges = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i) instanceof SearchPlan.Days days
          && ofSize.stream().allMatch(days::cover)) {
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
    SearchStore.Postings reader =
        (term, block, positions) ->
            add(
                Objects.requireNonNull(owners.floorEntry(term)).getValue(),
                term,
                SearchBlock.first(block, size),
                positions);
    int first = ofSize.stream().mapToInt(SearchBlock::number).min().orElseThrow();
    int last = ofSize.stream().mapToInt(SearchBlock::number).max().orElseThrow();
    if (!single.isEmpty()) {
      store.readTerms(ledger, size, single, first, last, reader);
    }
    if (!ranges.isEmpty()) {
      store.readRanges(ledger, size, ranges, first, last, reader);
    }
  }

  private void add(int condition, long term, long block, byte[] stored) {
    @Nullable BitSet[] ofBlock = fulfilled.get(block);
    if (ofBlock == null) {
      return;
    }
    BitSet bits = ofBlock[condition];
    if (bits == null) {
      bits = new BitSet();
      ofBlock[condition] = bits;
    }
    switch (conditions.get(condition)) {
      // That an account is frequent in a block is known by any of its terms.
      case SearchPlan.OfAccount it when !it.asked().contains(term) -> {}
      case SearchPlan.Amounts it when SearchTerms.tellsAmounts(term) ->
          SearchAmounts.decode(stored, it.least(), it.most(), bits);
      default -> SearchPositions.decode(stored, bits);
    }
    bytes[condition] += stored.length;
  }

  private BitSet byTerms(SearchBlock block) {
    BitSet left = new BitSet(block.size());
    left.set(0, block.size());
    @Nullable BitSet[] ofBlock = Objects.requireNonNull(fulfilled.get(block.first()));
    for (int i = 0; i < ofBlock.length; i++) {
      BitSet bits = ofBlock[i];
      boolean open =
          switch (conditions.get(i)) {
            case SearchPlan.Days days -> days.cover(block);
            case SearchPlan.OfAccount _, SearchPlan.OfReference _ -> bits == null;
            case SearchPlan.Listed _, SearchPlan.TextPart _, SearchPlan.Amounts _ -> false;
          };
      if (!open) {
        left.and(bits == null ? new BitSet() : bits);
      }
    }
    return left;
  }

  // Where an account or a reference is rare, among the blocks that have anything left.
  private void lookUpInBooks(int condition, NavigableMap<Long, BitSet> left) {
    List<SearchBlock> rare =
        blocks.stream()
            .filter(block -> left.containsKey(block.first()))
            .filter(
                block -> Objects.requireNonNull(fulfilled.get(block.first()))[condition] == null)
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
      default -> {
        return;
      }
    }
    NavigableMap<Long, BitSet> found = new TreeMap<>();
    rare.forEach(block -> found.put(block.first(), new BitSet()));
    for (long sequence : sequences) {
      var block = Objects.requireNonNull(found.floorEntry(sequence));
      block.getValue().set((int) (sequence - block.getKey()));
    }
    found.forEach((block, bits) -> Objects.requireNonNull(left.get(block)).and(bits));
    left.values().removeIf(BitSet::isEmpty);
  }

  // Neighbours are looked up together.
  private static List<Span> spans(List<SearchBlock> blocks) {
    List<Span> spans = new ArrayList<>();
    for (SearchBlock block :
        blocks.stream().sorted(java.util.Comparator.comparingLong(SearchBlock::first)).toList()) {
      long first = block.first();
      if (!spans.isEmpty() && spans.getLast().last() == first - 1) {
        first = spans.removeLast().first();
      }
      spans.add(new Span(first, block.last()));
    }
    return spans;
  }
}
