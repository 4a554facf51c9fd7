package io.countersign.server.journal;

import io.countersign.model.journal.Transaction;
import io.countersign.server.api.Problem;

/// What became of one draft: it is in the books, or it was refused and changed nothing.
public sealed interface Appended {

  record Recorded(Transaction transaction) implements Appended {}

  record Refused(Problem problem) implements Appended {}

  /// The transaction, for callers whose own work stands or falls with it.
  ///
  /// @throws io.countersign.server.api.ProblemException the refusal, which undoes the caller's
  ///   transaction
  default Transaction orThrow() {
    return switch (this) {
      case Recorded recorded -> recorded.transaction();
      case Refused refused -> throw refused.problem().asException();
    };
  }
}
