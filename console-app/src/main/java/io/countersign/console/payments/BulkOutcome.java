package io.countersign.console.payments;

import io.countersign.model.payments.PaymentBulkAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What became of one action on many payments.
///
/// @param done what was done, such as `Asked about`
/// @param count of how many
/// @param refusals one sentence for each that was refused
public record BulkOutcome(String done, int count, List<String> refusals) {

  public BulkOutcome {
    refusals = List.copyOf(refusals);
  }

  static BulkOutcome of(String done, PaymentBulkAnswer answer, List<PaymentRow> rows) {
    List<String> refusals = new ArrayList<>();
    for (PaymentBulkAnswer.Result result : answer.results()) {
      Map<String, ?> problem = result.problem();
      if (problem != null) {
        String name =
            rows.stream()
                .filter(row -> row.payment().id().equals(result.id()))
                .findFirst()
                .map(PaymentRow::name)
                .orElseGet(() -> result.id().toString());
        Object detail = problem.get("detail");
        refusals.add(name + ": " + (detail == null ? "status " + result.status() : detail));
      }
    }
    return new BulkOutcome(done, answer.results().size() - refusals.size(), refusals);
  }

  String words() {
    return done
        + " "
        + count
        + (count == 1 ? " payment" : " payments")
        + (refusals.isEmpty() ? "." : "; " + refusals.size() + " refused:");
  }
}
