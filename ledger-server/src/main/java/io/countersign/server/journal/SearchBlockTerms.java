package io.countersign.server.journal;

import java.time.LocalDate;
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

  /// One in so many of a block's transactions makes an account or a reference frequent there.
  private static final int FREQUENT = 1024;

  private final int size;
  private final Map<Long, SearchPositions> terms = new HashMap<>();
  private final Map<Long, SearchAmounts> eighths = new HashMap<>();
  private final Map<Long, SearchPositions> references = new HashMap<>();
  private final Map<UUID, AccountEntries> accounts = new HashMap<>();
  private @Nullable LocalDate firstDay;
  private @Nullable LocalDate lastDay;

  private static final class AccountEntries {
    private final SearchPositions all = new SearchPositions();
    private final Map<Long, SearchPositions> octaves = new HashMap<>();
  }

  /// @param size of the block
  SearchBlockTerms(int size) {
    this.size = size;
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
    eighths
        .computeIfAbsent(
            SearchTerms.eighth(AmountScale.EIGHTH.step(amount)), it -> new SearchAmounts())
        .add(amount, position);
  }

  SearchBlock block(int number) {
    if (firstDay == null || lastDay == null) {
      throw new IllegalStateException("block " + number + " is empty");
    }
    return new SearchBlock(size, number, firstDay, lastDay);
  }

  /// Every term of the block with its positions as they are stored.
  void forEach(BiConsumer<Long, byte[]> store) {
    int frequent = size / FREQUENT;
    terms.forEach((term, positions) -> store.accept(term, positions.encoded()));
    eighths.forEach((term, amounts) -> store.accept(term, amounts.encoded()));
    references.forEach(
        (term, positions) -> {
          if (positions.count() >= frequent) {
            store.accept(term, positions.encoded());
          }
        });
    accounts.forEach(
        (account, entries) -> {
          if (entries.all.count() >= frequent) {
            store.accept(SearchTerms.account(account), entries.all.encoded());
            entries.octaves.forEach((term, at) -> store.accept(term, at.encoded()));
          }
        });
  }

  private void addText(int position, String text) {
    SearchTerms.ofText(text, term -> add(terms, term, position));
  }

  private static void add(Map<Long, SearchPositions> map, Long term, int position) {
    map.computeIfAbsent(term, it -> new SearchPositions()).add(position);
  }
}
