package io.countersign.console.exceptions;

import io.countersign.client.Intent;
import io.countersign.client.Query;
import io.countersign.client.ReconciliationCalls;
import io.countersign.console.client.Action;
import io.countersign.console.client.Detail;
import io.countersign.console.client.Fact;
import io.countersign.console.client.ListModel;
import io.countersign.console.client.Verdict;
import io.countersign.console.client.Workplace;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.model.Page;
import io.countersign.model.ReasonRequest;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.id.LineId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.identity.Role;
import io.countersign.model.journal.Transaction;
import io.countersign.model.reconciliation.AssignRequest;
import io.countersign.model.reconciliation.Candidate;
import io.countersign.model.reconciliation.CommentRequest;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.ExceptionCategory;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.MatchRequest;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import org.jspecify.annotations.Nullable;

/// The queue of exceptions, the one that is worked on, and what has been chosen to match.
public final class ExceptionsViewModel {

  private final Workplace workplace;
  private final Amounts amounts;
  private final Days days;
  private final ObjectProperty<@Nullable ExceptionState> state =
      new SimpleObjectProperty<>(ExceptionState.OPEN);
  private final ObjectProperty<@Nullable ExceptionCategory> category = new SimpleObjectProperty<>();
  private final StringProperty text = new SimpleStringProperty("");
  private final BooleanProperty mine = new SimpleBooleanProperty();
  private final ObjectProperty<ExceptionOrder> order =
      new SimpleObjectProperty<>(ExceptionOrder.AGE);
  private final ObservableSet<LineId> chosenLines = FXCollections.observableSet();
  private final ObservableSet<TransactionId> chosenTransactions = FXCollections.observableSet();
  private final ListModel<ExceptionRow> list;
  private final Detail<ExceptionDetail> detail;
  private final Action action;
  private @Nullable ExceptionId chosenFor;
  private Query query = Query.ALL;

  public ExceptionsViewModel(Workplace workplace, Amounts amounts, Days days) {
    this.workplace = workplace;
    this.amounts = amounts;
    this.days = days;
    this.list =
        new ListModel<>("Loading exceptions", workplace.tasks(), this::page, row -> row.one().id());
    this.detail = new Detail<>("Loading an exception", workplace.tasks());
    this.action = new Action(workplace);
    list.selectedProperty().subscribe(this::look);
    detail.valueProperty().subscribe(this::preselect);
    workplace
        .facts()
        .listen(
            fact -> {
              if (fact == Fact.EXCEPTIONS_CHANGED) {
                list.refreshIfShown();
                detail.again();
              }
            });
  }

  public ObjectProperty<@Nullable ExceptionState> stateProperty() {
    return state;
  }

  public ObjectProperty<@Nullable ExceptionCategory> categoryProperty() {
    return category;
  }

  public StringProperty textProperty() {
    return text;
  }

  /// Whether only what is assigned to this person is listed.
  public BooleanProperty mineProperty() {
    return mine;
  }

  public ObjectProperty<ExceptionOrder> orderProperty() {
    return order;
  }

  ListModel<ExceptionRow> list() {
    return list;
  }

  public Detail<ExceptionDetail> detail() {
    return detail;
  }

  public Action action() {
    return action;
  }

  public ObservableSet<LineId> chosenLines() {
    return chosenLines;
  }

  public ObservableSet<TransactionId> chosenTransactions() {
    return chosenTransactions;
  }

  public void apply() {
    query =
        Query.ALL
            .with("state", state.get())
            .with("category", category.get())
            .with("text", text.get().strip())
            .with("assignee", mine.get() ? workplace.profile().username() : null)
            .with("sort", order.get());
    list.reload();
  }

  private Page<ExceptionRow> page(int limit, @Nullable String after) {
    Page<ExceptionCase> page = calls().exceptions(query.page(limit, after));
    return new Page<>(
        page.items().stream().map(one -> ExceptionRow.of(one, workplace, amounts, days)).toList(),
        page.next(),
        page.total());
  }

  private ReconciliationCalls calls() {
    return workplace.books().reconciliation();
  }

  private void look(@Nullable ExceptionRow row) {
    if (row == null) {
      detail.clear();
    } else {
      open(row.one().id());
    }
  }

  public void open(ExceptionId id) {
    detail.ask(
        id,
        () -> {
          ExceptionCase one = calls().exception(id);
          List<Transaction> transactions =
              ExceptionDetail.allTransactions(one).stream()
                  .map(workplace.books().journal()::get)
                  .toList();
          return new ExceptionDetail(one, transactions);
        });
  }

  /// A freshly opened exception begins with its own sides chosen; a refresh keeps the choice.
  private void preselect(@Nullable ExceptionDetail seen) {
    if (seen == null || seen.one().id().equals(chosenFor)) {
      return;
    }
    chosenFor = seen.one().id();
    chosenLines.clear();
    chosenLines.addAll(seen.one().lines());
    chosenTransactions.clear();
    chosenTransactions.addAll(seen.one().transactions());
  }

  /// Chooses what a candidate proposes, together with what the exception itself is about.
  public void choose(ExceptionCase one, Candidate candidate) {
    chosenLines.clear();
    chosenLines.addAll(one.lines());
    chosenLines.addAll(candidate.lines());
    chosenTransactions.clear();
    chosenTransactions.addAll(one.transactions());
    chosenTransactions.addAll(candidate.transactions());
  }

  public Verdict mayWork(ExceptionCase one) {
    if (!workplace.has(Role.OPERATOR)) {
      return Verdict.no("Exceptions are worked on by operators.");
    }
    return switch (one.state()) {
      case RESOLVED -> Verdict.no("It is resolved.");
      case AWAITING_APPROVAL -> Verdict.no("A proposal about it waits for its decision.");
      case OPEN -> Verdict.YES;
      case ASSIGNED ->
          one.assignee() == null || workplace.isMe(one.assignee())
              ? Verdict.YES
              : Verdict.no("It is assigned to " + one.assignee() + "; take it over first.");
    };
  }

  public Verdict mayAssign(ExceptionCase one) {
    if (!workplace.has(Role.OPERATOR)) {
      return Verdict.no("Exceptions are worked on by operators.");
    }
    return one.state() == ExceptionState.RESOLVED ? Verdict.no("It is resolved.") : Verdict.YES;
  }

  public Verdict mayTakeOver(ExceptionCase one) {
    return one.assignee() != null && workplace.isMe(one.assignee())
        ? Verdict.no("It is yours already.")
        : mayAssign(one);
  }

  public Verdict mayComment() {
    return workplace.has(Role.OPERATOR)
        ? Verdict.YES
        : Verdict.no("Exceptions are worked on by operators.");
  }

  public Verdict mayMatch(ExceptionCase one) {
    Verdict work = mayWork(one);
    if (!work.may()) {
      return work;
    }
    return chosenLines.isEmpty() || chosenTransactions.isEmpty()
        ? Verdict.no("Choose at least one line and one transaction.")
        : Verdict.YES;
  }

  /// What the match button says: `Match 1 line with 2 transactions`.
  public String matching() {
    return "Match "
        + counted(chosenLines.size(), "line")
        + " with "
        + counted(chosenTransactions.size(), "transaction");
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  public void match(ExceptionCase one, String reason, Runnable done) {
    MatchRequest request =
        new MatchRequest(List.copyOf(chosenTransactions), List.copyOf(chosenLines), reason.strip());
    send("Matching", one.id(), request, (id, intent) -> calls().match(id, request, intent), done);
  }

  public void assign(ExceptionCase one, String assignee, Runnable done) {
    AssignRequest request = new AssignRequest(assignee.strip());
    send("Assigning", one.id(), request, (id, intent) -> calls().assign(id, request, intent), done);
  }

  public void takeOver(ExceptionCase one) {
    assign(one, workplace.profile().username(), () -> {});
  }

  public void comment(ExceptionCase one, String words, Runnable done) {
    CommentRequest request = new CommentRequest(words.strip());
    send(
        "Commenting",
        one.id(),
        request,
        (id, intent) -> calls().comment(id, request, intent),
        done);
  }

  public void dismiss(ExceptionCase one, String reason, Runnable done) {
    ReasonRequest request = new ReasonRequest(reason.strip());
    send(
        "Dismissing",
        one.id(),
        request,
        (id, intent) -> calls().dismiss(id, request, intent),
        () -> {
          workplace.facts().publish(Fact.APPROVALS_CHANGED);
          done.run();
        });
  }

  private void send(
      String label,
      ExceptionId id,
      Object request,
      BiConsumer<ExceptionId, Intent> call,
      Runnable done) {
    action.send(
        label,
        List.of(label, id, request),
        intent -> {
          call.accept(id, intent);
          return id;
        },
        sent -> {
          done.run();
          workplace.facts().publish(Fact.EXCEPTIONS_CHANGED);
        });
  }
}
