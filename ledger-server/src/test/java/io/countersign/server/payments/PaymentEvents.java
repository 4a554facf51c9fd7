package io.countersign.server.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.id.PaymentId;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Payments as rows and as events.
public final class PaymentEvents {

  private PaymentEvents() {}

  /// Fails when a payment's row in ledger 1 is not what its events make of it.
  public static void makeEveryPaymentWhatItIs(JdbcClient books) {
    PaymentStore store = new PaymentStore(books, JsonMapper.shared());
    List<UUID> payments =
        books.sql("SELECT id FROM payments.payment WHERE ledger_id = 1").query(UUID.class).list();
    assertThat(payments).isNotEmpty();
    for (UUID id : payments) {
      PaymentRow row = store.find(1, new PaymentId(id)).orElseThrow();
      List<RecordedEvent> events = store.events(1, row.id());
      assertThat(RecordedEvent.rebuild(events)).isEqualTo(row.status());
      assertThat(events).hasSize((int) row.version());
    }
  }
}
