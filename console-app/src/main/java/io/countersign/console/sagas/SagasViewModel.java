package io.countersign.console.sagas;

import io.countersign.client.PaymentCalls;
import io.countersign.client.Query;
import io.countersign.client.SagaCalls;
import io.countersign.console.client.Action;
import io.countersign.console.client.Detail;
import io.countersign.console.client.Fact;
import io.countersign.console.client.ListModel;
import io.countersign.console.client.Verdict;
import io.countersign.console.client.Workplace;
import io.countersign.console.ui.Days;
import io.countersign.model.Page;
import io.countersign.model.Relation;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.model.id.SagaId;
import io.countersign.model.identity.Role;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.Saga;
import io.countersign.model.payments.SagaState;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// Work in steps: which of it is stuck, at which step, since when and why.
public final class SagasViewModel {

  private final Workplace workplace;
  private final Days days;
  private final ObjectProperty<@Nullable SagaState> state =
      new SimpleObjectProperty<>(SagaState.STUCK);
  private final ListModel<SagaRow> list;
  private final Detail<SagaDetail> detail;
  private final Action action;
  private Query query = Query.ALL;

  public SagasViewModel(Workplace workplace, Days days) {
    this.workplace = workplace;
    this.days = days;
    this.list =
        new ListModel<>("Loading sagas", workplace.tasks(), this::page, row -> row.saga().id());
    this.detail = new Detail<>("Loading a saga", workplace.tasks());
    this.action = new Action(workplace);
    list.selectedProperty().subscribe(this::look);
    workplace
        .facts()
        .listen(
            fact -> {
              if (fact == Fact.PAYMENTS_CHANGED) {
                list.refreshIfShown();
                detail.again();
              }
            });
  }

  public ObjectProperty<@Nullable SagaState> stateProperty() {
    return state;
  }

  ListModel<SagaRow> list() {
    return list;
  }

  public Detail<SagaDetail> detail() {
    return detail;
  }

  public Action action() {
    return action;
  }

  public void apply() {
    query = Query.ALL.with("state", state.get());
    list.reload();
  }

  private Page<SagaRow> page(int limit, @Nullable String after) {
    Page<Saga> page = calls().list(query.page(limit, after));
    return new Page<>(
        page.items().stream().map(saga -> SagaRow.of(saga, days)).toList(),
        page.next(),
        page.total());
  }

  private SagaCalls calls() {
    return workplace.books().sagas();
  }

  private void look(@Nullable SagaRow row) {
    if (row == null) {
      detail.clear();
    } else {
      open(row.saga().id());
    }
  }

  public void open(SagaId id) {
    detail.ask(
        id,
        () -> {
          Saga saga = calls().get(id);
          return new SagaDetail(saga, payment(saga.subject()));
        });
  }

  private @Nullable Payment payment(Relation subject) {
    PaymentCalls payments = workplace.books().payments();
    return switch (subject.type()) {
      case "payment" -> payments.get(PaymentId.parse(subject.id()));
      case "refund" -> payments.get(payments.refund(RefundId.parse(subject.id())).paymentId());
      default -> null;
    };
  }

  public Verdict mayRetry(Saga saga) {
    if (!workplace.has(Role.OPERATOR)) {
      return Verdict.no("That is for operators.");
    }
    return switch (saga.state()) {
      case STUCK, RUNNING -> Verdict.YES;
      case DONE, UNDONE -> Verdict.no("It is over; nothing is left to do.");
    };
  }

  /// Takes it up anew; what is due is carried out by the server after that.
  public void retry(Saga saga) {
    action.send(
        "Retrying a saga",
        List.of("retry", saga.id()),
        intent -> calls().retry(saga.id(), intent),
        retried -> workplace.facts().publish(Fact.PAYMENTS_CHANGED));
  }
}
