package io.countersign.server.journal;

import java.time.LocalDate;

/// A run of sequences that the search index takes in at once.
///
/// @param size [#SMALL] or [#LARGE]; the number of a sequence's block is the sequence divided by it
/// @param firstDay the earliest accounting day in it; `lastDay` the latest
record SearchBlock(int size, int number, LocalDate firstDay, LocalDate lastDay) {

  /// Small enough that what is newer than the last one is quickly looked through.
  static final int SMALL = 8192;

  /// The most that a position of two bytes can tell apart.
  static final int LARGE = 65536;

  static int number(long sequence, int size) {
    return Math.toIntExact(sequence / size);
  }

  static long first(int number, int size) {
    return (long) number * size;
  }

  static long last(int number, int size) {
    return first(number, size) + size - 1;
  }

  long first() {
    return first(number, size);
  }

  long last() {
    return last(number, size);
  }
}
