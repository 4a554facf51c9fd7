package io.countersign.server.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.PaymentDifference;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.PaymentState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryCheckTest {

  private static final Instant AT = Instant.parse("2026-11-25T12:00:00Z");

  private final PaymentId id = new PaymentId(UUID.randomUUID());

  private static RecordedEvent event(long sequence, Map<String, @Nullable Object> changed) {
    return new RecordedEvent(
        new PaymentEvent(sequence, AT.plusSeconds(sequence), "any", null, null, "system", null),
        changed);
  }

  private final List<RecordedEvent> history =
      List.of(
          event(1, Change.to(PaymentState.CREATED).fields()),
          event(2, Change.to(PaymentState.SUBMITTED).sent(1, AT).fields()),
          event(3, Change.nothing().providerReference("pi_1").fields()),
          event(4, Change.to(PaymentState.SUCCEEDED).charged("pi_1", AT).fields()));

  private PaymentRow row(PaymentStatus status, long version) {
    return new PaymentRow(
        new PaymentTerms(
            id,
            Money.of(1250, "EUR"),
            "merchants:one",
            "scripted",
            id + "-charge",
            "any",
            null,
            null,
            Map.of(),
            new SagaId(UUID.randomUUID()),
            "shop",
            AT),
        status,
        version);
  }

  @Test
  void a_row_that_is_its_history_has_no_difference() {
    PaymentStatus status = RecordedEvent.rebuild(history);
    assertThat(status.state()).isEqualTo(PaymentState.SUCCEEDED);
    assertThat(status.providerReference()).isEqualTo("pi_1");
    assertThat(status.updatedAt()).isEqualTo(AT.plusSeconds(4));
    assertThat(HistoryCheck.differences(row(status, 4), history)).isEmpty();
  }

  @Test
  void each_field_that_differs_is_named_with_both_values() {
    PaymentStatus before = RecordedEvent.rebuild(history.subList(0, 3));
    assertThat(HistoryCheck.differences(row(before, 4), history))
        .contains(new PaymentDifference(id, "state", "submitted", "succeeded"))
        .extracting(PaymentDifference::what)
        .containsExactlyInAnyOrder("state", "chargedAt", "updatedAt");
  }

  @Test
  void an_event_too_few_or_too_many_is_a_difference() {
    PaymentStatus status = RecordedEvent.rebuild(history);
    assertThat(HistoryCheck.differences(row(status, 5), history))
        .containsExactly(new PaymentDifference(id, "version", "5", "4"));
    assertThat(HistoryCheck.differences(row(status, 4), List.of()))
        .containsExactly(new PaymentDifference(id, "version", "4", "0"));
  }

  @Test
  void a_gap_in_the_history_is_a_difference() {
    PaymentStatus status = RecordedEvent.rebuild(history);
    List<RecordedEvent> gap = List.of(history.get(0), history.get(1), history.get(3));
    assertThat(HistoryCheck.differences(row(status, 4), gap))
        .containsExactly(new PaymentDifference(id, "history", "event 4", "event 3"));
  }
}
