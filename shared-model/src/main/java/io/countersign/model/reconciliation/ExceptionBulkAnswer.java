package io.countersign.model.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.model.Immutable;
import io.countersign.model.id.ExceptionId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of each exception of a bulk.
public record ExceptionBulkAnswer(List<Result> results) {

  public ExceptionBulkAnswer {
    results = Immutable.list(results);
  }

  /// @param status the HTTP status that the action alone would have had
  /// @param problem why not, as a problem document; absent when it was done
  public record Result(
      ExceptionId id,
      int status,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, @Nullable Object> problem) {}
}
