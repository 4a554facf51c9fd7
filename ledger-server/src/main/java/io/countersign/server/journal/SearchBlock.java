package io.countersign.server.journal;

import java.time.LocalDate;

/// A run of sequences that the search index takes in at once.
///
/// @param number the block of a sequence is the sequence divided by [#SIZE]
/// @param firstDay the earliest accounting day in it; `lastDay` the latest
record SearchBlock(int number, LocalDate firstDay, LocalDate lastDay) {

  /// Larger blocks make lists of rare things shorter, smaller ones what is not yet indexed.
  static final int SIZE = 8192;

  static int of(long sequence) {
    return Math.toIntExact(sequence / SIZE);
  }

  static long first(int number) {
    return (long) number * SIZE;
  }

  static long last(int number) {
    return first(number) + SIZE - 1;
  }

  long first() {
    return first(number);
  }

  long last() {
    return last(number);
  }
}
