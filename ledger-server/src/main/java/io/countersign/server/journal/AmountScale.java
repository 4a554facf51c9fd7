package io.countersign.server.journal;

import java.util.ArrayList;
import java.util.List;

/// Divides positive amounts into steps that grow with them, so that any range of amounts is a few
/// runs of steps: octaves, from a power of two to the next, and eighths of them.
enum AmountScale {
  OCTAVE(0),
  EIGHTH(3);

  private final int bits;

  /// @param bits of the number of parts of an octave
  AmountScale(int bits) {
    this.bits = bits;
  }

  /// The number of the step that an amount is in; higher amounts are in the same or higher ones.
  long step(long amount) {
    int octave = octave(amount);
    long mask = (1L << bits) - 1;
    long part = octave >= bits ? amount >> (octave - bits) : amount << (bits - octave);
    return ((long) octave << bits) | (part & mask);
  }

  private static int octave(long amount) {
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(amount);
  }

  /// The terms of all amounts in a range: what no whole octave covers is covered by eighths, which
  /// may have others too.
  ///
  /// @param least at least 1
  /// @param most not below `least`
  static List<TermRange> covering(long least, long most) {
    int first = octave(least);
    int last = octave(most);
    int firstWhole = least == 1L << first ? first : first + 1;
    int lastWhole = most == highest(last) ? last : last - 1;
    if (firstWhole > lastWhole) {
      return List.of(eighths(least, most));
    }
    List<TermRange> terms = new ArrayList<>();
    terms.add(new TermRange(SearchTerms.octave(firstWhole), SearchTerms.octave(lastWhole)));
    if (first < firstWhole) {
      terms.add(eighths(least, highest(first)));
    }
    if (lastWhole < last) {
      terms.add(eighths(1L << last, most));
    }
    return terms;
  }

  private static long highest(int octave) {
    return octave == Long.SIZE - 2 ? Long.MAX_VALUE : (1L << (octave + 1)) - 1;
  }

  private static TermRange eighths(long least, long most) {
    return new TermRange(
        SearchTerms.eighth(EIGHTH.step(least)), SearchTerms.eighth(EIGHTH.step(most)));
  }
}
