package io.countersign.server.journal;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Gathers the terms of one block's transactions, which come in the order of their sequences.
///
/// An account or a reference that is rare in the block gets no term: the books' own indexes find
/// it, and a row for each would make this index larger than the books.
final class SearchBlockTerms {

  /// How often an account, a reference or an amount is in a block that has a term for it.
  static final int FREQUENT = 8;

  private final Map<Long, SearchPositions> terms = new HashMap<>();
  private final Map<Long, SearchPositions> references = new HashMap<>();
  private final Map<UUID, AccountEntries> accounts = new HashMap<>();
  private final Map<Long, SearchPositions> amounts = new HashMap<>();
  private @Nullable LocalDate firstDay;
  private @Nullable LocalDate lastDay;

  private static final class AccountEntries {
    private final SearchPositions all = new SearchPositions();
    private final Map<Long, SearchPositions> octaves = new HashMap<>();
  }

  void addTransaction(
      int position, String kind, LocalDate day, String description, @Nullable String reference) {
    add(terms, SearchTerms.kind(kind), position);
    add(terms, SearchTerms.day(day), position);
    addText(position, description);
    if (reference != null) {
      addText(position, reference);
      add(references, SearchTerms.reference(reference), position);
    }
    firstDay = firstDay == null || day.isBefore(firstDay) ? day : firstDay;
    lastDay = lastDay == null || day.isAfter(lastDay) ? day : lastDay;
  }

  /// @param amount minor units without their sign
  void addEntry(int position, UUID account, long amount, String currency) {
    add(terms, SearchTerms.currency(currency), position);
    AccountEntries entries = accounts.computeIfAbsent(account, it -> new AccountEntries());
    entries.all.add(position);
    add(entries.octaves, SearchTerms.account(account, amount), position);
    add(terms, SearchTerms.octave(AmountScale.OCTAVE.step(amount)), position);
    add(terms, SearchTerms.step(AmountScale.STEP.step(amount)), position);
    add(amounts, amount, position);
  }

  SearchBlock block(int number) {
    if (firstDay == null || lastDay == null) {
      throw new IllegalStateException("block " + number + " is empty");
    }
    return new SearchBlock(number, firstDay, lastDay);
  }

  /// Every term of the block with its positions as they are stored.
  void forEach(BiConsumer<Long, byte[]> store) {
    Map<Long, BitSet> fineSteps = new HashMap<>();
    amounts.forEach(
        (amount, positions) -> {
          if (positions.count() >= FREQUENT && SearchTerms.hasTerm(amount)) {
            store.accept(SearchTerms.amount(amount), positions.encoded());
          } else {
            long term = SearchTerms.fineStep(AmountScale.FINE_STEP.step(amount));
            positions.addTo(fineSteps.computeIfAbsent(term, it -> new BitSet()));
          }
        });
    fineSteps.forEach((term, bits) -> store.accept(term, SearchPositions.encoded(bits)));
    references.forEach(
        (term, positions) -> {
          if (positions.count() >= FREQUENT) {
            store.accept(term, positions.encoded());
          }
        });
    accounts.forEach(
        (account, entries) -> {
          if (entries.all.count() >= FREQUENT) {
            entries.octaves.forEach((term, at) -> store.accept(term, at.encoded()));
          }
        });
    terms.forEach((term, positions) -> store.accept(term, positions.encoded()));
  }

  private void addText(int position, String text) {
    SearchTerms.ofText(text, term -> add(terms, term, position));
  }

  private static void add(Map<Long, SearchPositions> map, Long term, int position) {
    map.computeIfAbsent(term, it -> new SearchPositions()).add(position);
  }
}
