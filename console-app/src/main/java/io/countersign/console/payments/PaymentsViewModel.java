package io.countersign.console.payments;

import io.countersign.client.Intent;
import io.countersign.client.PaymentCalls;
import io.countersign.client.Query;
import io.countersign.console.client.Action;
import io.countersign.console.client.Detail;
import io.countersign.console.client.Fact;
import io.countersign.console.client.ListModel;
import io.countersign.console.client.Workplace;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.BulkOutcome;
import io.countersign.console.ui.Days;
import io.countersign.model.Money;
import io.countersign.model.Page;
import io.countersign.model.approvals.Proposed;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.NoteRequest;
import io.countersign.model.payments.OwnerRequest;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentBulkAnswer;
import io.countersign.model.payments.PaymentBulkRequest;
import io.countersign.model.payments.Refund;
import io.countersign.model.payments.RefundRequest;
import io.countersign.model.payments.ResolutionRequest;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The queue of payments, oldest first, and everything that is known about one of them.
public final class PaymentsViewModel {

  private final Workplace workplace;
  private final Amounts amounts;
  private final Days days;
  private final PaymentFilters filters = new PaymentFilters();
  private final ReadOnlyStringWrapper filterProblem = new ReadOnlyStringWrapper("");
  private final ObservableList<PaymentRow> chosen = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<@Nullable BulkOutcome> outcome =
      new ReadOnlyObjectWrapper<>();
  private final ListModel<PaymentRow> list;
  private final Detail<PaymentDetail> detail;
  private final Action action;
  private final PaymentRights rights;
  private Query query = Query.ALL;

  public PaymentsViewModel(Workplace workplace, Amounts amounts, Days days) {
    this.workplace = workplace;
    this.amounts = amounts;
    this.days = days;
    this.rights = new PaymentRights(workplace);
    this.list =
        new ListModel<>(
            "Loading payments", workplace.tasks(), this::page, row -> row.payment().id());
    this.detail = new Detail<>("Loading a payment", workplace.tasks());
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

  public PaymentFilters filters() {
    return filters;
  }

  /// Why the filters cannot be asked for as they are written; empty when they can.
  public ReadOnlyStringProperty filterProblemProperty() {
    return filterProblem.getReadOnlyProperty();
  }

  ListModel<PaymentRow> list() {
    return list;
  }

  public Detail<PaymentDetail> detail() {
    return detail;
  }

  public Action action() {
    return action;
  }

  public PaymentRights rights() {
    return rights;
  }

  public void apply() {
    filterProblem.set(filters.problem(amounts));
    if (filterProblem.get().isEmpty()) {
      query = filters.query(workplace, amounts);
      list.reload();
    }
  }

  /// Those chosen in the list; what became of an action on others is forgotten.
  void choose(List<PaymentRow> rows) {
    if (!ids(rows).equals(ids(chosen))) {
      outcome.set(null);
      action.clearFailure();
    }
    chosen.setAll(rows);
  }

  ObservableList<PaymentRow> chosen() {
    return chosen;
  }

  /// Of the last action on those that are chosen.
  public ReadOnlyObjectProperty<@Nullable BulkOutcome> outcomeProperty() {
    return outcome.getReadOnlyProperty();
  }

  private static List<PaymentId> ids(List<PaymentRow> rows) {
    return rows.stream().map(row -> row.payment().id()).toList();
  }

  /// Asks their providers what became of all that are chosen.
  public void checkChosen() {
    bulk("Asked about", "Asking about many payments", "check", null, () -> {});
  }

  public void assignChosen(String owner, Runnable done) {
    bulk("Assigned", "Assigning many payments", "assign", owner.strip(), done);
  }

  public void takeOverChosen() {
    assignChosen(workplace.profile().username(), () -> {});
  }

  private void bulk(
      String doing, String label, String what, @Nullable String owner, Runnable done) {
    List<PaymentRow> rows = List.copyOf(chosen);
    PaymentBulkRequest request = new PaymentBulkRequest(what, ids(rows), owner);
    send(
        label,
        request,
        intent -> calls().bulk(request, intent),
        (PaymentBulkAnswer answer) -> {
          outcome.set(
              BulkOutcome.of(
                  doing,
                  "payment",
                  answer.results().stream()
                      .map(one -> new BulkOutcome.One(name(rows, one), one.status(), one.problem()))
                      .toList()));
          done.run();
        });
  }

  private static String name(List<PaymentRow> rows, PaymentBulkAnswer.Result result) {
    return rows.stream()
        .filter(row -> row.payment().id().equals(result.id()))
        .findFirst()
        .map(PaymentRow::name)
        .orElseGet(() -> result.id().toString());
  }

  private Page<PaymentRow> page(int limit, @Nullable String after) {
    Page<Payment> page = calls().list(query.page(limit, after));
    return new Page<>(
        page.items().stream().map(one -> PaymentRow.of(one, workplace, amounts, days)).toList(),
        page.next(),
        page.total());
  }

  private PaymentCalls calls() {
    return workplace.books().payments();
  }

  private void look(@Nullable PaymentRow row) {
    if (row == null) {
      detail.clear();
    } else {
      open(row.payment().id());
    }
  }

  public void open(PaymentId id) {
    detail.ask(id, () -> read(id));
  }

  /// Opens the payment that a refund belongs to.
  public void open(RefundId id) {
    detail.ask(id, () -> read(calls().refund(id).paymentId()));
  }

  private PaymentDetail read(PaymentId id) {
    Payment payment = calls().get(id);
    List<Refund> refunds = payment.refunds().stream().map(calls()::refund).toList();
    SagaId saga = payment.saga();
    return new PaymentDetail(
        payment,
        calls().events(id).items(),
        refunds,
        saga == null ? null : workplace.books().sagas().get(saga),
        workplace.clock().instant());
  }

  /// Asks the provider what became of it.
  public void check(Payment payment) {
    send(
        "Asking " + payment.provider(),
        List.of("check", payment.id()),
        intent -> {
          calls().check(payment.id(), intent);
          return payment.id();
        },
        id -> {});
  }

  public void takeOver(Payment payment) {
    assign(payment, workplace.profile().username(), () -> {});
  }

  public void assign(Payment payment, String owner, Runnable done) {
    OwnerRequest request = new OwnerRequest(owner.strip());
    send(
        "Assigning a payment",
        List.of(payment.id(), request),
        intent -> {
          calls().assign(payment.id(), request, intent);
          return payment.id();
        },
        id -> done.run());
  }

  public void note(Payment payment, String text, Runnable done) {
    NoteRequest request = new NoteRequest(text.strip());
    send(
        "Writing a note",
        List.of(payment.id(), request),
        intent -> {
          calls().note(payment.id(), request, intent);
          return payment.id();
        },
        id -> done.run());
  }

  /// @param done is given the proposal that somebody else decides
  public void proposeResolution(
      Payment payment, ResolutionRequest request, Consumer<ApprovalId> done) {
    send(
        "Proposing a resolution",
        List.of(payment.id(), request),
        intent -> calls().proposeResolution(payment.id(), request, intent),
        (Proposed proposed) -> {
          workplace.facts().publish(Fact.APPROVALS_CHANGED);
          done.accept(proposed.approvalId());
        });
  }

  /// @param ifCharged records the wish while nobody knows whether the card was charged
  public void refund(
      Payment payment, Money amount, String reason, boolean ifCharged, Consumer<Refund> done) {
    RefundRequest request = new RefundRequest(amount, reason.strip(), ifCharged ? true : null);
    send(
        "Refunding",
        List.of(payment.id(), request),
        intent -> calls().refund(payment.id(), request, intent),
        refund -> {
          if (refund.approvalId() != null) {
            workplace.facts().publish(Fact.APPROVALS_CHANGED);
          }
          done.accept(refund);
        });
  }

  private <T> void send(String label, Object wish, Function<Intent, T> call, Consumer<T> done) {
    action.send(
        label,
        wish,
        call,
        answer -> {
          done.accept(answer);
          workplace.facts().publish(Fact.PAYMENTS_CHANGED);
        });
  }
}
