package io.countersign.server.sandbox;

import io.countersign.server.sandbox.Settlement.Row;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/// A deviation from the truth that can be planted in a settlement file. Each has its own row,
/// counted from 0 and wrapped at the end, so that several do not cover each other on a day with
/// five rows.
enum Drift {
  /// Row 0 is left out.
  MISSING(0),
  /// Row 1 stands there twice.
  DUPLICATE(1),
  /// Row 2 has 100 minor units more.
  AMOUNT(2),
  /// Row 3 has 7 minor units more of fee.
  FEE(3),
  /// Row 4 is repeated under references that nobody ever sent.
  UNKNOWN(4),
  /// The closing balance (camt.053 only) is 1 minor unit too high.
  BALANCE(-1);

  private static final long AMOUNT_MINOR_UNITS = 100;
  private static final long FEE_MINOR_UNITS = 7;

  private final int position;

  Drift(int position) {
    this.position = position;
  }

  /// @param text names in lower case, separated by commas; blank for none
  /// @throws Refusal when one is unknown
  static Set<Drift> parse(String text) {
    Set<Drift> drifts = EnumSet.noneOf(Drift.class);
    for (String name : text.split(",", -1)) {
      if (!name.isBlank()) {
        drifts.add(named(name.strip()));
      }
    }
    return drifts;
  }

  private static Drift named(String name) {
    for (Drift drift : values()) {
      if (drift.label().equals(name)) {
        return drift;
      }
    }
    throw Refusal.invalid("drift '" + name + "' is unknown; there are " + List.of(values()));
  }

  static List<Row> plant(Set<Drift> drifts, List<Row> honest) {
    List<Row> rows = new ArrayList<>();
    for (int index = 0; index < honest.size(); index++) {
      Row row = honest.get(index);
      if (AMOUNT.hits(drifts, index, honest)) {
        row = row.withGross(row.gross() + AMOUNT_MINOR_UNITS);
      }
      if (FEE.hits(drifts, index, honest)) {
        row = row.withFee(row.fee() + FEE_MINOR_UNITS);
      }
      if (!MISSING.hits(drifts, index, honest)) {
        rows.add(row);
      }
      if (DUPLICATE.hits(drifts, index, honest)) {
        rows.add(row);
      }
      if (UNKNOWN.hits(drifts, index, honest)) {
        String stray = "stray-" + row.key();
        rows.add(row.withReferences(References.of(row.kind(), stray), stray));
      }
    }
    return rows;
  }

  /// Which row each one fell on, such as `missing=sbx_ch_…; amount=sbx_ch_…`.
  static String describe(Set<Drift> drifts, List<Row> honest) {
    StringJoiner planted = new StringJoiner("; ");
    for (Drift drift : drifts) {
      boolean onRow = drift.position >= 0 && !honest.isEmpty();
      planted.add(
          onRow
              ? drift.label() + "=" + honest.get(drift.position % honest.size()).reference()
              : drift.label());
    }
    return planted.toString();
  }

  private boolean hits(Set<Drift> drifts, int index, List<Row> honest) {
    return drifts.contains(this) && position % honest.size() == index;
  }

  private String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
