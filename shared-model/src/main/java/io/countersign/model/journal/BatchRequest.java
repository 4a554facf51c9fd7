package io.countersign.model.journal;

import io.countersign.model.Immutable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST L/transactions/batch`: 1 to 10,000 transactions.
///
/// @param atomic whether all are recorded or none; null is false
public record BatchRequest(List<BatchItem> transactions, @Nullable Boolean atomic) {

  public static final int TRANSACTIONS_MAX = 10_000;

  public BatchRequest {
    transactions = Immutable.list(transactions);
  }
}
