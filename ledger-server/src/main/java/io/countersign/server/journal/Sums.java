package io.countersign.server.journal;

import java.math.BigInteger;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What a set of entries adds up to, signed as stored: debits positive, credits negative.
///
/// @param taken what open holds take
/// @param sequence of the newest transaction in the set; 0 without any
record Sums(BigInteger posted, BigInteger taken, long sequence) {

  static final Sums NONE = new Sums(BigInteger.ZERO, BigInteger.ZERO, 0);

  Sums plus(Sums other) {
    return new Sums(
        posted.add(other.posted), taken.add(other.taken), Math.max(sequence, other.sequence));
  }

  /// What all entries up to each point add up to, once more entries are in.
  ///
  /// @param upTo as it was, by month or by day
  /// @param added what is new at each point alone
  static NavigableMap<Integer, Sums> cumulated(
      NavigableMap<Integer, Sums> upTo, NavigableMap<Integer, Sums> added) {
    NavigableMap<Integer, Sums> points = new TreeMap<>(upTo);
    added.keySet().forEach(point -> points.put(point, NONE));
    NavigableMap<Integer, Sums> cumulated = new TreeMap<>();
    Sums more = NONE;
    for (int point : points.keySet()) {
      more = more.plus(added.getOrDefault(point, NONE));
      var known = upTo.floorEntry(point);
      cumulated.put(point, known == null ? more : known.getValue().plus(more));
    }
    return cumulated;
  }
}
