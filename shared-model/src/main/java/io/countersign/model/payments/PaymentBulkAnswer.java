package io.countersign.model.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.model.Immutable;
import io.countersign.model.id.PaymentId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of each payment of a bulk.
public record PaymentBulkAnswer(List<Result> results) {

  public PaymentBulkAnswer {
    results = Immutable.list(results);
  }

  /// @param status 200 when it is done, 202 for a check that is made next, else the problem's
  /// @param problem why not, as a problem document; absent when it was done
  public record Result(
      PaymentId id,
      int status,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, @Nullable Object> problem) {}
}
