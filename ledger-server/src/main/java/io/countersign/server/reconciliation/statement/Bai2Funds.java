package io.countersign.server.reconciliation.statement;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// When the money of a record can be used, by its funds type: 0 today, 1 tomorrow, 2 later, S and D
/// in parts, V on a day it names, Z or nothing unknown.
///
/// @param valueDate null unless the bank names the day
record Bai2Funds(@Nullable LocalDate valueDate, @Nullable String valueDateText) {

  private static final Bai2Funds UNKNOWN = new Bai2Funds(null, null);
  private static final int PARTS_MAX = 100;

  /// Reads the funds type and what belongs to it.
  static Bai2Funds read(Bai2Record record, @Nullable LocalDate asOf) {
    String type = record.next();
    switch (type) {
      case "", "1", "2", "Z" -> {
        return UNKNOWN;
      }
      case "0" -> {
        return new Bai2Funds(asOf, null);
      }
      case "S" -> skip(record, 3);
      case "V" -> {
        String day = record.next();
        record.next();
        return new Bai2Funds(Bai2Reader.day(day), day.isEmpty() ? null : day);
      }
      case "D" -> {
        int parts = Bai2Amounts.count(record.next(), record);
        if (parts > PARTS_MAX) {
          throw record.place().unreadable("A distribution of " + parts + " parts cannot be right.");
        }
        skip(record, 2 * parts);
      }
      default ->
          throw record
              .place()
              .unreadable(
                  "'"
                      + Excerpt.of(type)
                      + "' is not a funds type (0, 1, 2, S, V, D or Z). Fetch the file from the"
                      + " bank again.");
    }
    return UNKNOWN;
  }

  private static void skip(Bai2Record record, int fields) {
    for (int i = 0; i < fields; i++) {
      record.next();
    }
  }
}
