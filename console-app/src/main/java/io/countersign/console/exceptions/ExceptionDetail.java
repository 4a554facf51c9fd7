package io.countersign.console.exceptions;

import io.countersign.model.id.LineId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Transaction;
import io.countersign.model.reconciliation.Candidate;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.StatementLine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An exception with the content of both sides: the statement's lines and the books' transactions,
/// its own and those of its candidates.
public record ExceptionDetail(ExceptionCase one, List<Transaction> transactions) {

  public ExceptionDetail {
    transactions = List.copyOf(transactions);
  }

  /// Every line that is named, its own first.
  Set<LineId> allLines() {
    Set<LineId> all = new LinkedHashSet<>(one.lines());
    for (Candidate candidate : one.candidates()) {
      all.addAll(candidate.lines());
    }
    return all;
  }

  static Set<TransactionId> allTransactions(ExceptionCase one) {
    Set<TransactionId> all = new LinkedHashSet<>(one.transactions());
    for (Candidate candidate : one.candidates()) {
      all.addAll(candidate.transactions());
    }
    return all;
  }

  @Nullable StatementLine line(LineId id) {
    return one.lineDetails().stream().filter(line -> line.id().equals(id)).findFirst().orElse(null);
  }
}
