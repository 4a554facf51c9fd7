package io.countersign.server.payments;

import io.countersign.model.payments.PaymentDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares a payment's row with what its history makes of it.
final class HistoryCheck {

  private HistoryCheck() {}

  /// @param history from the first event on, as it is stored
  /// @return what differs; empty when the row is its history
  static List<PaymentDifference> differences(PaymentRow payment, List<RecordedEvent> history) {
    List<PaymentDifference> found = new ArrayList<>();
    long count = 0;
    for (RecordedEvent recorded : history) {
      count++;
      if (recorded.event().sequence() != count) {
        return List.of(
            new PaymentDifference(
                payment.id(), "history", "event " + recorded.event().sequence(), "event " + count));
      }
    }
    if (count != payment.version()) {
      found.add(difference(payment, "version", payment.version(), count));
    }
    if (!history.isEmpty()) {
      Map<String, @Nullable Object> stored = StatusJson.fields(payment.status());
      Map<String, @Nullable Object> rebuilt = StatusJson.fields(RecordedEvent.rebuild(history));
      stored.forEach(
          (field, value) -> {
            if (!String.valueOf(value).equals(String.valueOf(rebuilt.get(field)))) {
              found.add(difference(payment, field, value, rebuilt.get(field)));
            }
          });
    }
    return found;
  }

  private static PaymentDifference difference(
      PaymentRow payment, String what, @Nullable Object stored, @Nullable Object rebuilt) {
    return new PaymentDifference(
        payment.id(), what, String.valueOf(stored), String.valueOf(rebuilt));
  }
}
