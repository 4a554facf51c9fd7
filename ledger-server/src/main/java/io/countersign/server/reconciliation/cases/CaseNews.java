package io.countersign.server.reconciliation.cases;

import io.countersign.model.id.ExceptionId;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.server.outbox.EventTypes;
import io.countersign.server.outbox.Outbox;
import io.countersign.server.outbox.Told;
import java.util.Collection;
import org.springframework.stereotype.Component;

/// Tells the outside of exceptions that were opened, opened again or resolved, inside the caller's
/// transaction.
@Component
class CaseNews {

  private final CaseStore store;
  private final Outbox outbox;

  CaseNews(CaseStore store, Outbox outbox) {
    this.store = store;
    this.outbox = outbox;
  }

  /// @param ids of exceptions that have just become open or resolved
  void tell(int ledger, Collection<ExceptionId> ids) {
    if (!ids.isEmpty()) {
      outbox.publish(ledger, store.ofIds(ledger, ids).stream().map(CaseNews::told).toList());
    }
  }

  private static Told told(CaseRow row) {
    String type =
        row.state() == ExceptionState.RESOLVED
            ? EventTypes.EXCEPTION_RESOLVED
            : EventTypes.EXCEPTION_OPENED;
    return new Told(type, row.id().toString(), CaseViews.brief(row));
  }
}
