package io.countersign.server.journal;

import java.util.List;

/// An append that is decided and numbered, and to be written in the same database transaction.
///
/// @param outcomes one per draft, in their order; they hold once it is written and committed
/// @param writing inserts what was not refused
record PreparedAppend(List<Appended> outcomes, Runnable writing) {

  static final PreparedAppend NOTHING = new PreparedAppend(List.of(), () -> {});

  /// @throws io.countersign.server.database.RunAgain when another commit reversed the same
  ///   transaction meanwhile
  void write() {
    writing.run();
  }
}
