package io.countersign.model.overview;

import io.countersign.model.Immutable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What needs a hand now.
///
/// @param paymentsByDay of the last 14 days; a day and state without payments is left out
/// @param lastSeal null before the first
/// @param watermarkAge seconds since the books were last declared final; null before the first
///   time. Books at rest are not declared final again, so it grows with nothing wrong
public record Overview(
    List<QueueCount> queues,
    List<PaymentsOfDay> paymentsByDay,
    List<Coverage> coverage,
    List<Drift> drift,
    @Nullable LastSeal lastSeal,
    @Nullable Long watermarkAge) {

  public Overview {
    queues = Immutable.list(queues);
    paymentsByDay = Immutable.list(paymentsByDay);
    coverage = Immutable.list(coverage);
    drift = Immutable.list(drift);
  }
}
