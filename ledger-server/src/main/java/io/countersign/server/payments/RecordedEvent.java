package io.countersign.server.payments;

import io.countersign.model.payments.PaymentEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event as it is stored: what people read of it, and what it changed.
record RecordedEvent(PaymentEvent event, Map<String, @Nullable Object> changed) {

  /// What a payment's events, from the first one on, make of it.
  static PaymentStatus rebuild(List<RecordedEvent> history) {
    Map<String, @Nullable Object> changed = new HashMap<>();
    history.forEach(recorded -> changed.putAll(recorded.changed()));
    return StatusJson.apply(
        PaymentStatus.created(history.getFirst().event().at()),
        changed,
        history.getLast().event().at());
  }
}
