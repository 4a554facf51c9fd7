package io.countersign.server.journal;

import io.countersign.server.idempotency.Flight;
import java.util.concurrent.atomic.AtomicBoolean;

/// An item in a lane, which either a writer or its caller takes out, and never both.
final class Waiting {

  private final GroupCommit.Item item;
  private final Flight flight;
  private final AtomicBoolean taken = new AtomicBoolean();

  Waiting(GroupCommit.Item item, Flight flight) {
    this.item = item;
    this.flight = flight;
  }

  GroupCommit.Item item() {
    return item;
  }

  Flight flight() {
    return flight;
  }

  /// @return whether it is the asking side's now: a writer's, who must end its flight, or the
  ///   caller's, who knows then that nothing was and nothing will be done with it
  boolean take() {
    return taken.compareAndSet(false, true);
  }

  /// Rows that it adds to its group.
  int entries() {
    TransactionDraft draft = item.draft();
    return draft == null ? 0 : draft.entries().size();
  }
}
