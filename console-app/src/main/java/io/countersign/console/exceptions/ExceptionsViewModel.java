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
import io.countersign.console.ui.BulkOutcome;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.MinimumAge;
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
import io.countersign.model.reconciliation.ExceptionBulkAnswer;
import io.countersign.model.reconciliation.ExceptionBulkRequest;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.ExceptionCategory;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.MatchRequest;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableSet;
import org.jspecify.annotations.Nullable;

/// The queue of exceptions, the one that is worked on, and what has been chosen to match.
public final class ExceptionsViewModel {

  private static final int BULK_MAX = 1_000;

  private final Workplace workplace;
  private final Amounts amounts;
  private final Days days;
  private final ObjectProperty<@Nullable ExceptionState> state =
      new SimpleObjectProperty<>(ExceptionState.OPEN);
  private final ObjectProperty<@Nullable ExceptionCategory> category = new SimpleObjectProperty<>();
  private final StringProperty text = new SimpleStringProperty("");
  private final BooleanProperty mine = new SimpleBooleanProperty();
  private final StringProperty source = new SimpleStringProperty("");
  private final ObjectProperty<@Nullable MinimumAge> age = new SimpleObjectProperty<>();
  private final ObjectProperty<ExceptionOrder> order =
      new SimpleObjectProperty<>(ExceptionOrder.AGE);
  private final ObservableSet<LineId> chosenLines = FXCollections.observableSet();
  private final ObservableSet<TransactionId> chosenTransactions = FXCollections.observableSet();
  private final ListModel<ExceptionRow> list;
  private final Detail<ExceptionDetail> detail;
  private final Action action;
  private final ObservableList<ExceptionRow> chosen = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<@Nullable BulkOutcome> outcome =
      new ReadOnlyObjectWrapper<>();
  private @Nullable ExceptionId chosenFor;
  private String suggestedReason = "";
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

  /// Code of the source; blank for any.
  public StringProperty sourceProperty() {
    return source;
  }

  public ObjectProperty<@Nullable MinimumAge> ageProperty() {
    return age;
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
            .with("source", source.get().strip())
            .with("olderThan", age.get())
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
    suggestedReason = "";
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
    suggestedReason = candidate.reason();
  }

  /// Why the candidate that was chosen last is one; empty before.
  public String suggestedReason() {
    return suggestedReason;
  }

  Comparison comparison(ExceptionDetail detail) {
    return Comparison.of(
        detail.one().lineDetails().stream()
            .filter(line -> chosenLines.contains(line.id()))
            .toList(),
        detail.transactions().stream()
            .filter(transaction -> chosenTransactions.contains(transaction.id()))
            .toList(),
        amounts,
        days);
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

  public Verdict mayReopen(ExceptionCase one) {
    if (!workplace.has(Role.OPERATOR)) {
      return Verdict.no("Exceptions are worked on by operators.");
    }
    return one.state() == ExceptionState.RESOLVED
        ? Verdict.YES
        : Verdict.no("Only what is resolved can be reopened.");
  }

  /// Of an action on many, each of which the server judges by itself.
  public Verdict mayActOnChosen() {
    if (!workplace.has(Role.OPERATOR)) {
      return Verdict.no("Exceptions are worked on by operators.");
    }
    return chosen.size() <= BULK_MAX
        ? Verdict.YES
        : Verdict.no("At most 1,000 can be chosen at once.");
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
    send(
        "Matching",
        one.id(),
        request,
        (id, intent) -> calls().match(id, request, intent),
        () -> {
          list.goOn();
          done.run();
        });
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
          list.goOn();
          done.run();
        });
  }

  public void reopen(ExceptionCase one, String reason, Runnable done) {
    ReasonRequest request = new ReasonRequest(reason.strip());
    send("Reopening", one.id(), request, (id, intent) -> calls().reopen(id, request, intent), done);
  }

  /// Those chosen in the list; what became of an action on others is forgotten.
  void choose(List<ExceptionRow> rows) {
    if (!ids(rows).equals(ids(chosen))) {
      outcome.set(null);
      action.clearFailure();
    }
    chosen.setAll(rows);
  }

  ObservableList<ExceptionRow> chosen() {
    return chosen;
  }

  /// Of the last action on those that are chosen.
  public ReadOnlyObjectProperty<@Nullable BulkOutcome> outcomeProperty() {
    return outcome.getReadOnlyProperty();
  }

  private static List<ExceptionId> ids(List<ExceptionRow> rows) {
    return rows.stream().map(row -> row.one().id()).toList();
  }

  public void assignChosen(String assignee, Runnable done) {
    bulk("Assigned", "assign", assignee.strip(), null, null, done);
  }

  public void takeOverChosen() {
    assignChosen(workplace.profile().username(), () -> {});
  }

  public void commentChosen(String words, Runnable done) {
    bulk("Commented on", "comment", null, words.strip(), null, done);
  }

  public void dismissChosen(String reason, Runnable done) {
    bulk("Dismissed", "dismiss", null, null, reason.strip(), done);
  }

  public void reopenChosen(String reason, Runnable done) {
    bulk("Reopened", "reopen", null, null, reason.strip(), done);
  }

  private void bulk(
      String doing,
      String what,
      @Nullable String assignee,
      @Nullable String words,
      @Nullable String reason,
      Runnable done) {
    List<ExceptionRow> rows = List.copyOf(chosen);
    ExceptionBulkRequest request =
        new ExceptionBulkRequest(what, ids(rows), assignee, words, reason, null);
    action.send(
        "Working on many exceptions",
        request,
        intent -> calls().bulk(request, intent),
        (ExceptionBulkAnswer answer) -> {
          outcome.set(
              BulkOutcome.of(
                  doing,
                  "exception",
                  answer.results().stream()
                      .map(one -> new BulkOutcome.One(name(rows, one), one.status(), one.problem()))
                      .toList()));
          done.run();
          workplace.facts().publish(Fact.APPROVALS_CHANGED);
          workplace.facts().publish(Fact.EXCEPTIONS_CHANGED);
        });
  }

  private static String name(List<ExceptionRow> rows, ExceptionBulkAnswer.Result result) {
    return rows.stream()
        .filter(row -> row.one().id().equals(result.id()))
        .findFirst()
        .map(row -> (row.category() + " " + row.amount()).strip())
        .orElseGet(() -> result.id().toString());
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
