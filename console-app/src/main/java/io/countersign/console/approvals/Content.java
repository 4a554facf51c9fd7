package io.countersign.console.approvals;

import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.EntryLine;
import io.countersign.console.ui.Words;
import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.approvals.Approval;
import io.countersign.model.journal.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The content of a proposal, whatever its kind, as names and values; entries apart. Nothing of it
/// is left out: a decider answers for all of it.
record Content(List<Fact> facts, List<EntryLine> entries) {

  /// @param value as text; an id leads to the thing it names
  record Fact(String name, String value) {

    boolean isId() {
      return value.matches("[a-z]{3,4}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }
  }

  static Content of(Map<String, @Nullable Object> content, Amounts amounts) {
    List<Fact> facts = new ArrayList<>();
    List<EntryLine> entries = new ArrayList<>();
    content.forEach((name, value) -> read(name, value, amounts, facts, entries));
    return new Content(List.copyOf(facts), List.copyOf(entries));
  }

  private static void read(
      String name,
      @Nullable Object value,
      Amounts amounts,
      List<Fact> facts,
      List<EntryLine> entries) {
    switch (value) {
      case null -> {}
      case Map<?, ?> map when money(map) != null ->
          facts.add(new Fact(words(name), amounts.text(money(map))));
      case Map<?, ?> map ->
          map.forEach((inner, its) -> read(name + " · " + inner, its, amounts, facts, entries));
      case List<?> list when !list.isEmpty() && list.stream().allMatch(Content::isEntry) ->
          list.forEach(one -> entries.add(entry((Map<?, ?>) one)));
      case List<?> list -> list.forEach(one -> read(name, one, amounts, facts, entries));
      default -> facts.add(new Fact(words(name), value.toString()));
    }
  }

  private static String words(String name) {
    return Words.sentence(name);
  }

  private static @Nullable Money money(@Nullable Object value) {
    return value instanceof Map<?, ?> map
            && map.get("minorUnits") instanceof Number units
            && map.get("currency") instanceof String currency
        ? new Money(units.longValue(), CurrencyCode.of(currency))
        : null;
  }

  private static boolean isEntry(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        && map.get("account") instanceof String
        && map.get("direction") instanceof String
        && money(map.get("amount")) != null;
  }

  private static EntryLine entry(Map<?, ?> map) {
    Money amount = money(map.get("amount"));
    if (amount == null) {
      throw new IllegalArgumentException("no entry: " + map);
    }
    return EntryLine.posted(
        String.valueOf(map.get("account")),
        Direction.valueOf(String.valueOf(map.get("direction"))),
        amount);
  }

  /// The amount it is about: its own, or what its entries debit; empty when it is about none.
  static String amount(Approval approval, Amounts amounts) {
    Money amount = money(approval.content().get("amount"));
    if (amount != null) {
      return amounts.text(amount);
    }
    Map<CurrencyCode, Money> debits = new TreeMap<>();
    for (EntryLine entry : of(approval.content(), amounts).entries()) {
      if (entry.direction() == Direction.DEBIT) {
        debits.merge(entry.amount().currency(), entry.amount(), Money::plus);
      }
    }
    return debits.values().stream().map(amounts::text).collect(Collectors.joining(" + "));
  }
}
