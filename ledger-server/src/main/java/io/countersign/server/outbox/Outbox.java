package io.countersign.server.outbox;

import io.countersign.model.UuidV7;
import io.countersign.model.id.EventId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/// Keeps what is to be told outside, so that it is told at least once if and only if it happened.
///
/// Whoever publishes has locked the object it tells of until the commit, or has just made it: that
/// is what keeps the events of one object in order.
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

  /// Stores an event inside the caller's transaction: it commits with what it tells of, and with
  /// its place in the queue of every endpoint that asked for its type.
  ///
  /// @param type one of [EventTypes#all]
  /// @param subject the id of what it is about, with its prefix
  /// @param data a value that becomes JSON, as it is now
  public void publish(int ledger, String type, String subject, Object data) {
    publish(ledger, List.of(new Told(type, subject, data)));
  }

  /// As [#publish(int, String, String, Object)], many in one statement.
  public void publish(int ledger, List<Told> told) {
    if (!told.isEmpty()) {
      List<EventId> fresh = told.stream().map(it -> new EventId(ids.next())).toList();
      store.insert(ledger, fresh, told, clock.instant());
    }
  }

  /// What was committed lately, the newest first, at most `limit`. Commits come in another order
  /// than their events' times: who wants all of them asks for more than what is new, and leaves out
  /// what it has seen.
  public List<Changed> since(int ledger, Instant since, int limit) {
    return store.since(ledger, since, limit);
  }
}
