package io.countersign.server.journal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a filter means to the search index. A transaction that the filter finds fulfils every
/// condition; one that fulfils them all may still not be what is asked for.
final class SearchPlan {

  /// A condition: one of some terms applies.
  sealed interface Condition {
    List<TermRange> terms();
  }

  /// A block without any of the terms has nothing.
  record Listed(List<TermRange> terms) implements Condition {}

  /// A part of the text that is asked for; some of them are enough.
  record TextPart(List<TermRange> terms) implements Condition {}

  /// Amounts of entries.
  record Amounts(long least, long most, List<TermRange> terms) implements Condition {}

  /// Accounting days; a block that lies within them needs no terms.
  record Days(LocalDate from, LocalDate to, List<TermRange> terms) implements Condition {
    boolean cover(SearchBlock block) {
      return !block.firstDay().isBefore(from) && !block.lastDay().isAfter(to);
    }

    boolean meet(SearchBlock block) {
      return !block.lastDay().isBefore(from) && !block.firstDay().isAfter(to);
    }
  }

  /// Entries of an account; where it has no terms, the books' own index tells them.
  ///
  /// @param terms also that of all its entries, which tells that it is frequent in a block
  /// @param asked those that are asked for
  record OfAccount(UUID account, long least, long most, List<TermRange> terms, TermRange asked)
      implements Condition {}

  /// As an account.
  record OfReference(String reference, List<TermRange> terms) implements Condition {}

  private static final int TEXT_PARTS_MAX = 32;
  private static final int TEXT_PARTS_KEPT = 4;

  private final List<Condition> conditions = new ArrayList<>();

  SearchPlan(TransactionFilter filter) {
    if (filter.kind() != null) {
      conditions.add(listed(TermRange.of(SearchTerms.kind(filter.kind()))));
    }
    if (filter.currency() != null) {
      conditions.add(listed(TermRange.of(SearchTerms.currency(filter.currency()))));
    }
    long least = filter.leastAmount();
    long most = filter.mostAmount();
    if (filter.account() != null) {
      conditions.add(ofAccount(filter.account(), least, most));
    }
    if (least > 1 || most < Long.MAX_VALUE) {
      conditions.add(new Amounts(least, most, AmountScale.covering(least, most)));
    }
    if (filter.reference() != null) {
      String reference = filter.reference();
      TermRange term = TermRange.of(SearchTerms.reference(reference));
      conditions.add(new OfReference(reference, List.of(term)));
    }
    if (filter.text() != null) {
      addText(filter.text());
    }
    if (filter.from() != null || filter.to() != null) {
      conditions.add(days(filter.from(), filter.to()));
    }
  }

  List<Condition> conditions() {
    return conditions;
  }

  boolean meets(SearchBlock block) {
    return conditions.stream().allMatch(it -> !(it instanceof Days days) || days.meet(block));
  }

  /// Goes on with the rarest parts of a text: the others find hardly less, and cost as much.
  ///
  /// @param bytes how much is stored for each condition in what was searched so far
  void keepRarest(int[] bytes) {
    List<Condition> parts =
        IntStream.range(0, conditions.size())
            .boxed()
            .filter(i -> conditions.get(i) instanceof TextPart)
            .sorted(Comparator.comparingInt(i -> bytes[i]))
            .skip(TEXT_PARTS_KEPT)
            .map(conditions::get)
            .toList();
    conditions.removeAll(parts);
  }

  private void addText(String text) {
    String folded = SearchTerms.folded(text);
    int letters = folded.length();
    if (letters == 1) {
      conditions.add(listed(TermRange.of(SearchTerms.letter(folded.charAt(0)))));
    } else if (letters == 2) {
      conditions.add(listed(SearchTerms.pair(text)));
    } else {
      Set<Long> parts = SearchTerms.trigramsWithin(text);
      parts.stream()
          .limit(TEXT_PARTS_MAX)
          .forEach(term -> conditions.add(new TextPart(List.of(TermRange.of(term)))));
    }
  }

  private static Listed listed(TermRange terms) {
    return new Listed(List.of(terms));
  }

  private static OfAccount ofAccount(UUID account, long least, long most) {
    TermRange all = TermRange.of(SearchTerms.account(account));
    if (least == 1 && most == Long.MAX_VALUE) {
      return new OfAccount(account, least, most, List.of(all), all);
    }
    TermRange asked = SearchTerms.account(account, least, most);
    return new OfAccount(account, least, most, List.of(asked, all), asked);
  }

  private static Days days(@Nullable LocalDate from, @Nullable LocalDate to) {
    LocalDate first = from == null ? LocalDate.MIN : from;
    LocalDate last = to == null ? LocalDate.MAX : to;
    return new Days(first, last, List.of(SearchTerms.days(first, last)));
  }
}
