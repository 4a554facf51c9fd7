package io.countersign.server.outbox;

import io.countersign.model.UuidV7;
import io.countersign.model.id.EventId;
import java.time.Clock;
import org.springframework.stereotype.Component;

/// Keeps what is to be told outside, so that it is told at least once if and only if it happened.
@Component
public class Outbox {

  private final OutboxStore store;
  private final UuidV7 ids;
  private final Clock clock;

  Outbox(OutboxStore store, UuidV7 ids, Clock clock) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
  }

  /// Stores an event inside the caller's transaction: it commits with what it tells of.
  ///
  /// @param type such as `payment.succeeded`
  /// @param subject the id of what it is about, with its prefix
  /// @param data a value that becomes JSON, as it is now
  public EventId publish(int ledger, String type, String subject, Object data) {
    EventId id = new EventId(ids.next());
    store.insert(ledger, id, type, subject, data, clock.instant());
    return id;
  }
}
