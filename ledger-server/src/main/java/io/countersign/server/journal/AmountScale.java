package io.countersign.server.journal;

import java.util.ArrayList;
import java.util.List;

/// Divides positive amounts into steps that grow with them, so that any range of amounts is a few
/// runs of steps: octaves, from a power of two to the next, and each octave in equal parts.
enum AmountScale {
  OCTAVE(0),
  STEP(3),
  FINE_STEP(7);

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

  private long lowest(long amount) {
    return amount & -(1L << shift(amount));
  }

  private long highest(long amount) {
    return amount | ((1L << shift(amount)) - 1);
  }

  private int shift(long amount) {
    return Math.max(0, octave(amount) - bits);
  }

  private static int octave(long amount) {
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(amount);
  }

  /// The terms of all amounts in a range, and of few others: what no octave covers is covered by
  /// steps, and the two ends, which no step covers, by fine steps and by amounts of their own.
  ///
  /// @param least at least 1
  static List<TermRange> covering(long least, long most) {
    List<TermRange> terms = new ArrayList<>();
    long[] steps = whole(STEP, least, most);
    if (steps[0] > steps[1]) {
      end(terms, least, most);
      return terms;
    }
    end(terms, least, steps[0] - 1);
    end(terms, steps[1] + 1, most);
    long[] octaves = whole(OCTAVE, steps[0], steps[1]);
    if (octaves[0] > octaves[1]) {
      steps(terms, steps[0], steps[1]);
      return terms;
    }
    steps(terms, steps[0], octaves[0] - 1);
    steps(terms, octaves[1] + 1, steps[1]);
    terms.add(
        new TermRange(
            SearchTerms.octave(OCTAVE.step(octaves[0])),
            SearchTerms.octave(OCTAVE.step(octaves[1]))));
    return terms;
  }

  // The amounts of all steps that lie within a range; the first above the last when none does.
  private static long[] whole(AmountScale scale, long least, long most) {
    long first = scale.lowest(least) == least ? least : scale.highest(least) + 1;
    long last = scale.highest(most) == most ? most : scale.lowest(most) - 1;
    return new long[] {first < 0 ? Long.MAX_VALUE : first, last};
  }

  private static void steps(List<TermRange> terms, long least, long most) {
    if (0 < least && least <= most) {
      terms.add(
          new TermRange(SearchTerms.step(STEP.step(least)), SearchTerms.step(STEP.step(most))));
    }
  }

  private static void end(List<TermRange> terms, long least, long most) {
    // What is below zero has overflowed: there is nothing beyond the largest amount.
    if (least > most || least <= 0) {
      return;
    }
    terms.add(
        new TermRange(
            SearchTerms.fineStep(FINE_STEP.step(least)),
            SearchTerms.fineStep(FINE_STEP.step(most))));
    if (SearchTerms.hasTerm(least)) {
      long highest = SearchTerms.hasTerm(most) ? most : (1L << 56) - 1;
      terms.add(new TermRange(SearchTerms.amount(least), SearchTerms.amount(highest)));
    }
  }
}
