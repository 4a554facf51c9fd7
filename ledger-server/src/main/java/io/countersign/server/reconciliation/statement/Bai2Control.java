package io.countersign.server.reconciliation.statement;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// What a trailer (49, 98, 99) says against what was counted: the sum of what stands below it, how
/// many of them there are, and how many physical records it all takes.
final class Bai2Control {

  private final String what;
  private final String parts;
  private BigInteger total = BigInteger.ZERO;
  private int count;
  private int records;

  /// @param what is controlled, such as "group"
  /// @param parts what it is made of, such as "accounts"
  Bai2Control(String what, String parts) {
    this.what = what;
    this.parts = parts;
  }

  void add(BigInteger amount) {
    total = total.add(amount);
  }

  void part() {
    count = Math.incrementExact(count);
  }

  void records(int physical) {
    records = Math.addExact(records, physical);
  }

  int records() {
    return records;
  }

  /// Compares, after the trailer itself was counted, and says what differs.
  ///
  /// @param counts whether the trailer states how many parts there are
  /// @return the total that the trailer states, which the level above adds up; what was found where
  ///   it states none
  BigInteger check(Bai2Record trailer, boolean counts, List<StatementProblem> problems) {
    String statedTotal = trailer.next();
    BigInteger stated = statedTotal.isEmpty() ? total : Bai2Amounts.signed(statedTotal, trailer);
    List<String> differences = new ArrayList<>();
    if (!stated.equals(total)) {
      differences.add(
          "a control total of %s, but its amounts make %s: a difference of %s"
              .formatted(stated, total, stated.subtract(total)));
    }
    if (counts) {
      compare(trailer, parts, count, differences);
    }
    compare(trailer, "records", records, differences);
    for (String difference : differences) {
      problems.add(
          new StatementProblem(
              StatementProblem.CONTROL_TOTAL_DIFFERS,
              "The %s that ends in line %d states %s."
                  .formatted(what, trailer.place().line(), difference)));
    }
    return stated;
  }

  private static void compare(
      Bai2Record trailer, String name, int counted, List<String> differences) {
    String text = trailer.next();
    if (!text.isEmpty()) {
      int stated = Bai2Amounts.count(text, trailer);
      if (stated != counted) {
        differences.add("%d %s, but there are %d".formatted(stated, name, counted));
      }
    }
  }
}
