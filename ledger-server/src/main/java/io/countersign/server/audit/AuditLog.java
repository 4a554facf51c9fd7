package io.countersign.server.audit;

import io.countersign.model.UuidV7;
import io.countersign.server.api.Caller;
import io.countersign.server.api.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/// The audit log: append-only, and one commit with the change it tells of.
@Component
public class AuditLog {

  private final AuditStore store;
  private final JsonMapper json;
  private final UuidV7 ids;
  private final Clock clock;

  AuditLog(AuditStore store, JsonMapper json, UuidV7 ids, Clock clock) {
    this.store = store;
    this.json = json;
    this.ids = ids;
    this.clock = clock;
  }

  /// Writes within the caller's transaction, so that neither change nor record is there alone.
  ///
  /// @param ledger 0 for what belongs to no ledger
  /// @throws IllegalStateException when no transaction is open
  public void write(int ledger, Caller caller, AuditChange change) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("an audit record belongs into the change's transaction");
    }
    @Nullable HttpServletRequest request = RequestContext.current().orElse(null);
    store.insert(
        new AuditRow(
            ledger,
            ids.next(),
            clock.instant(),
            caller,
            request == null ? null : request.getRemoteAddr(),
            change,
            written(change.before()),
            written(change.after()),
            request == null ? null : RequestContext.correlationId(request)));
  }

  private @Nullable String written(@Nullable Object state) {
    return state == null ? null : json.writeValueAsString(state);
  }
}
