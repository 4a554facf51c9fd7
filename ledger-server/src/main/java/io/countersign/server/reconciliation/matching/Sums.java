package io.countersign.server.reconciliation.matching;

import java.math.BigInteger;
import java.util.List;
import java.util.function.ToLongFunction;

/// Exact sums of any number of amounts.
final class Sums {

  private Sums() {}

  static boolean equal(List<LineItem> lines, List<EntryItem> entries) {
    return of(lines, LineItem::minorUnits).equals(of(entries, EntryItem::minorUnits));
  }

  static long difference(LineItem line, EntryItem entry) {
    return Math.subtractExact(line.minorUnits(), entry.minorUnits());
  }

  private static <T> BigInteger of(List<T> items, ToLongFunction<T> amount) {
    return items.stream()
        .map(it -> BigInteger.valueOf(amount.applyAsLong(it)))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
