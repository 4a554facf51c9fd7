package io.countersign.model.journal;

import io.countersign.model.Immutable;
import java.util.List;

/// @param results one per transaction of the batch, in its order
public record BatchAnswer(List<BatchResult> results) {

  public BatchAnswer {
    results = Immutable.list(results);
  }
}
