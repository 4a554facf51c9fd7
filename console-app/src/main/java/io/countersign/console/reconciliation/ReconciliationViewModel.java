package io.countersign.console.reconciliation;

import io.countersign.client.Query;
import io.countersign.client.ReconciliationCalls;
import io.countersign.console.client.Action;
import io.countersign.console.client.Detail;
import io.countersign.console.client.Fact;
import io.countersign.console.client.Latest;
import io.countersign.console.client.ListModel;
import io.countersign.console.client.Verdict;
import io.countersign.console.client.Workplace;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.model.Page;
import io.countersign.model.ReasonRequest;
import io.countersign.model.id.RunId;
import io.countersign.model.id.StatementId;
import io.countersign.model.identity.Role;
import io.countersign.model.reconciliation.Match;
import io.countersign.model.reconciliation.ReconciliationRequest;
import io.countersign.model.reconciliation.Source;
import io.countersign.model.reconciliation.Statement;
import io.countersign.model.reconciliation.StatementLine;
import io.countersign.model.reconciliation.StatementState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Sources and their statements, one of them with its lines and matches, and a run under way.
public final class ReconciliationViewModel {

  static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final int MATCHES_MAX = 1_000;

  private final Workplace workplace;
  private final Amounts amounts;
  private final Days days;
  private final ObservableList<Source> sources = FXCollections.observableArrayList();
  private final Latest readingSources;
  private final ObjectProperty<@Nullable Source> source = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable StatementState> state = new SimpleObjectProperty<>();
  private final ListModel<StatementRow> list;
  private final Detail<StatementDetail> detail;
  private final ListModel<LineRow> lines;
  private final Action action;
  private final FileImports imports;
  private final ReadOnlyObjectWrapper<@Nullable RunProgress> run = new ReadOnlyObjectWrapper<>();
  private @Nullable StatementId opened;
  private Query query = Query.ALL;

  public ReconciliationViewModel(Workplace workplace, Amounts amounts, Days days) {
    this.workplace = workplace;
    this.amounts = amounts;
    this.days = days;
    this.readingSources = new Latest(workplace.tasks());
    this.list =
        new ListModel<>(
            "Loading statements", workplace.tasks(), this::page, row -> row.statement().id());
    this.detail = new Detail<>("Loading a statement", workplace.tasks());
    this.lines =
        new ListModel<>(
            "Loading lines", workplace.tasks(), this::linesPage, row -> row.line().id());
    this.action = new Action(workplace);
    this.imports = new FileImports(workplace, this::moved);
    list.selectedProperty().subscribe(this::look);
    workplace
        .facts()
        .listen(
            fact -> {
              if (fact == Fact.EXCEPTIONS_CHANGED) {
                list.refreshIfShown();
                again();
              }
            });
  }

  public ObservableList<Source> sources() {
    return sources;
  }

  /// Whose statements are listed; null for all.
  public ObjectProperty<@Nullable Source> sourceProperty() {
    return source;
  }

  public ObjectProperty<@Nullable StatementState> stateProperty() {
    return state;
  }

  ListModel<StatementRow> list() {
    return list;
  }

  public Detail<StatementDetail> detail() {
    return detail;
  }

  /// Of the statement that is looked at.
  ListModel<LineRow> lines() {
    return lines;
  }

  public Action action() {
    return action;
  }

  public FileImports imports() {
    return imports;
  }

  /// The last run asked for here; null before any.
  public ReadOnlyObjectProperty<@Nullable RunProgress> runProgressProperty() {
    return run.getReadOnlyProperty();
  }

  /// Reads the sources anew; the chosen one stays chosen.
  public void readSources() {
    readingSources.ask(
        "Loading sources",
        () -> calls().sources(Query.ALL.page(MATCHES_MAX, null)).items(),
        read -> {
          Source chosen = source.get();
          sources.setAll(read);
          source.set(
              chosen == null
                  ? null
                  : read.stream()
                      .filter(one -> one.code().equals(chosen.code()))
                      .findFirst()
                      .orElse(null));
        },
        failure -> {});
  }

  public void apply() {
    Source chosen = source.get();
    query =
        Query.ALL.with("source", chosen == null ? null : chosen.code()).with("state", state.get());
    list.reload();
  }

  private Page<StatementRow> page(int limit, @Nullable String after) {
    Page<Statement> page = calls().statements(query.page(limit, after));
    return new Page<>(
        page.items().stream().map(one -> StatementRow.of(one, amounts)).toList(),
        page.next(),
        page.total());
  }

  private Page<LineRow> linesPage(int limit, @Nullable String after) {
    StatementId id = opened;
    if (id == null) {
      return new Page<>(List.of(), null, 0L);
    }
    Page<StatementLine> page = calls().lines(id, Query.ALL.page(limit, after));
    return new Page<>(
        page.items().stream().map(line -> LineRow.of(line, amounts, days)).toList(),
        page.next(),
        page.total());
  }

  private ReconciliationCalls calls() {
    return workplace.books().reconciliation();
  }

  private void look(@Nullable StatementRow row) {
    if (row == null) {
      opened = null;
      detail.clear();
      lines.reload();
    } else {
      open(row.statement().id());
    }
  }

  public void open(StatementId id) {
    boolean other = !id.equals(opened);
    opened = id;
    detail.ask(id, () -> read(id));
    if (other) {
      lines.reload();
    } else {
      lines.refresh();
    }
  }

  private StatementDetail read(StatementId id) {
    Page<Match> matches = calls().matches(Query.ALL.with("statement", id).page(MATCHES_MAX, null));
    return new StatementDetail(calls().statement(id), matches.items(), matches.next() == null);
  }

  void again() {
    detail.again();
    if (opened != null) {
      lines.refresh();
    }
  }

  public Verdict mayWork() {
    return workplace.has(Role.OPERATOR) ? Verdict.YES : Verdict.no("That is for operators.");
  }

  public Verdict mayReconcile() {
    Verdict work = mayWork();
    if (!work.may()) {
      return work;
    }
    RunProgress now = run.get();
    if (now != null && !now.isOver()) {
      return Verdict.no("A run is under way.");
    }
    return source.get() == null ? Verdict.no("Choose a source first.") : Verdict.YES;
  }

  public Verdict mayUndo(@Nullable Match match) {
    Verdict work = mayWork();
    if (!work.may()) {
      return work;
    }
    return match == null ? Verdict.no("It is not matched.") : Verdict.YES;
  }

  /// Matches the statements of the chosen source, and follows the run to its end.
  public void reconcile() {
    Source chosen = source.get();
    if (chosen == null) {
      return;
    }
    ReconciliationRequest request = new ReconciliationRequest(chosen.code(), null);
    action.send(
        "Starting a reconciliation",
        request,
        intent -> calls().start(request, intent).id(),
        id -> {
          run.set(new RunProgress(chosen.code(), null, ""));
          follow(chosen.code(), id, Duration.ZERO);
        });
  }

  private void follow(String code, RunId id, Duration pause) {
    workplace
        .tasks()
        .run(
            "Reconciling " + code,
            afterPause(pause, () -> calls().run(id)),
            seen -> {
              RunProgress progress = new RunProgress(code, seen, "");
              run.set(progress);
              if (progress.isOver()) {
                moved();
              } else {
                follow(code, id, LOOK_EVERY);
              }
            },
            why -> run.set(new RunProgress(code, null, "It goes on unseen: " + why.message())));
  }

  /// The run is over and has been read.
  public void forgetRun() {
    run.set(null);
  }

  /// Lets time pass on the thread that waits anyway; whoever stops waiting interrupts it.
  static <T> Supplier<T> afterPause(Duration pause, Supplier<T> work) {
    return () -> {
      LockSupport.parkNanos(pause.toNanos());
      return work.get();
    };
  }

  public void undo(Match match, String reason, Runnable done) {
    ReasonRequest request = new ReasonRequest(reason.strip());
    action.send(
        "Undoing a match",
        List.of(match.id(), request),
        intent -> {
          calls().undo(match.id(), request, intent);
          return match.id();
        },
        id -> {
          done.run();
          moved();
        });
  }

  private void moved() {
    workplace.facts().publish(Fact.EXCEPTIONS_CHANGED);
  }
}
