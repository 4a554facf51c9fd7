package io.countersign.server.journal;

import io.countersign.model.journal.Period;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Closes and reopens months, alone at the gate: every append either committed before or reads the
/// new state, so nothing is posted into a month after its closing was acknowledged.
@Component
public class Periods {

  private final Gate gate;
  private final PeriodStore store;
  private final AuditLog audit;
  private final Clock clock;

  Periods(Gate gate, PeriodStore store, AuditLog audit, Clock clock) {
    this.gate = gate;
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  List<Period> list(LedgerScope ledger) {
    ClosedPeriods closed = store.closed(ledger.id());
    return closed.list(current(ledger), firstMoved(ledger, closed));
  }

  /// Closes a month within the caller's transaction, whose preamble closed the gate.
  ///
  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state` when it is closed, 422
  ///   `invalid-time` when it has not ended or an earlier one is open
  Period close(LedgerScope ledger, YearMonth period, Caller caller) {
    ClosedPeriods closed = store.closed(ledger.id());
    ClosedPeriods then = closed.close(period, current(ledger), firstMoved(ledger, closed));
    return change(ledger, period, "period.close", closed, then, caller);
  }

  /// Reopens a month within the caller's transaction, whose preamble closed the gate.
  ///
  /// @throws io.countersign.server.api.ProblemException as [#requireReopenable]
  public Period reopen(LedgerScope ledger, YearMonth period, Caller caller) {
    ClosedPeriods closed = store.closed(ledger.id());
    return change(ledger, period, "period.reopen", closed, closed.reopen(period), caller);
  }

  /// Refuses what could not be reopened as things are.
  ///
  /// @throws io.countersign.server.api.ProblemException 409 `wrong-state` when it is open, 422
  ///   `invalid-time` when a later one must be reopened first
  public void requireReopenable(LedgerScope ledger, YearMonth period) {
    store.closed(ledger.id()).reopen(period);
  }

  /// The last closed month, such as `2026-10`, or null.
  public @Nullable String closedThrough(LedgerScope ledger) {
    YearMonth through = store.closed(ledger.id()).through();
    return through == null ? null : through.toString();
  }

  private Period change(
      LedgerScope ledger,
      YearMonth period,
      String action,
      ClosedPeriods before,
      ClosedPeriods after,
      Caller caller) {
    gate.requireEntered();
    Period changed = after.toModel(period);
    store.insert(ledger.id(), period, changed, after, caller.name());
    audit.write(
        ledger.id(),
        caller,
        AuditChange.changed(action, "period", period.toString(), before.toModel(period), changed));
    return changed;
  }

  private YearMonth current(LedgerScope ledger) {
    return YearMonth.from(ledger.today(clock));
  }

  private @Nullable YearMonth firstMoved(LedgerScope ledger, ClosedPeriods closed) {
    return closed.through() == null ? store.firstMoved(ledger.id()).orElse(null) : null;
  }
}
