package io.countersign.console.app;

import io.countersign.client.Query;
import io.countersign.console.client.Fact;
import io.countersign.console.client.Latest;
import io.countersign.console.client.Workplace;
import io.countersign.model.Page;
import io.countersign.model.approvals.Approval;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.SagaState;
import io.countersign.model.reconciliation.ExceptionState;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// How much waits for somebody, by the name of the screen: what the badges in the navigation say.
public final class Queues {

  private static final Set<Fact> MOVING =
      Set.of(
          Fact.PAYMENTS_CHANGED,
          Fact.EXCEPTIONS_CHANGED,
          Fact.APPROVALS_CHANGED,
          Fact.CONNECTION_RESTORED);

  private final Workplace workplace;
  private final Latest latest;
  private final ReadOnlyObjectWrapper<Map<String, Long>> counts =
      new ReadOnlyObjectWrapper<>(Map.of());

  public Queues(Workplace workplace) {
    this.workplace = workplace;
    this.latest = new Latest(workplace.tasks());
    workplace
        .facts()
        .listen(
            fact -> {
              if (MOVING.contains(fact)) {
                refresh();
              }
            });
  }

  public ReadOnlyObjectProperty<Map<String, Long>> countsProperty() {
    return counts.getReadOnlyProperty();
  }

  public void refresh() {
    latest.ask("Counting queues", this::count, counts::set, failure -> {});
  }

  private Map<String, Long> count() {
    Query parked = Query.ALL.with("state", PaymentState.PENDING_CONFIRMATION).page(1, null);
    Query open = Query.ALL.with("state", ExceptionState.OPEN).page(1, null);
    Query pending = Query.ALL.with("state", ApprovalState.PENDING).page(1000, null);
    Query stuck = Query.ALL.with("state", SagaState.STUCK).page(1000, null);
    Page<Approval> proposals = workplace.books().approvals().list(pending);
    long mine =
        proposals.items().stream()
            .filter(approval -> workplace.isMe(approval.proposedBy()))
            .count();
    return Map.of(
        "Payments", size(workplace.books().payments().list(parked)),
        "Exceptions", size(workplace.books().reconciliation().exceptions(open)),
        "Approvals", size(proposals) - mine,
        "Sagas", size(workplace.books().sagas().list(stuck)));
  }

  private static long size(Page<?> page) {
    Long total = page.total();
    return total == null ? page.items().size() : total;
  }
}
