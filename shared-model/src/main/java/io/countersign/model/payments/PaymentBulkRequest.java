package io.countersign.model.payments;

import io.countersign.model.Immutable;
import io.countersign.model.id.PaymentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST L/payments/bulk`.
///
/// @param action `check`, or `assign` (with `owner`)
/// @param ids 1 to 1,000
public record PaymentBulkRequest(String action, List<PaymentId> ids, @Nullable String owner) {

  public PaymentBulkRequest {
    ids = Immutable.list(ids);
  }
}
