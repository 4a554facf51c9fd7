package io.countersign.server.outbox;

import io.countersign.model.WireName;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.journal.HoldState;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.RefundState;
import io.countersign.model.reconciliation.StatementState;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// The types of events there are, `docs/api.md`, section 6: made of the states themselves, so that
/// a new state is a new type.
public final class EventTypes {

  public static final String EXCEPTION_OPENED = "exception.opened";
  public static final String EXCEPTION_RESOLVED = "exception.resolved";

  /// Asks for every type.
  public static final String ANY = "*";

  private static final String KIND_END = ".";
  private static final SortedSet<String> ALL = Collections.unmodifiableSortedSet(collect());

  private EventTypes() {}

  public static SortedSet<String> all() {
    return ALL;
  }

  /// Whether an endpoint may ask for this: a type, a kind such as `payment.*`, or `*`.
  public static boolean isPattern(String pattern) {
    if (pattern.equals(ANY) || ALL.contains(pattern)) {
      return true;
    }
    return pattern.endsWith(KIND_END + ANY)
        && ALL.stream()
            .anyMatch(it -> it.startsWith(pattern.substring(0, pattern.length() - ANY.length())));
  }

  private static SortedSet<String> collect() {
    SortedSet<String> all = new TreeSet<>();
    add(all, "payment", PaymentState.values());
    add(all, "refund", RefundState.values());
    add(all, "hold", HoldState.values());
    add(all, "approval", ApprovalState.values());
    add(all, "statement", StatementState.values());
    all.add(EXCEPTION_OPENED);
    all.add(EXCEPTION_RESOLVED);
    return all;
  }

  private static void add(SortedSet<String> all, String kind, WireName... states) {
    for (WireName state : states) {
      all.add(kind + KIND_END + state.wire());
    }
  }
}
