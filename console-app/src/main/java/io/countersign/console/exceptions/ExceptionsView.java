package io.countersign.console.exceptions;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Badge;
import io.countersign.console.ui.Chips;
import io.countersign.console.ui.Choices;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Debounce;
import io.countersign.console.ui.FactsGrid;
import io.countersign.console.ui.Fxml;
import io.countersign.console.ui.Gate;
import io.countersign.console.ui.InlineFailure;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Memory;
import io.countersign.console.ui.MinimumAge;
import io.countersign.console.ui.Overlay;
import io.countersign.console.ui.SavedViews;
import io.countersign.console.ui.Screen;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Sorting;
import io.countersign.console.ui.Tables;
import io.countersign.console.ui.Timeline;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.id.ExceptionId;
import io.countersign.model.reconciliation.Candidate;
import io.countersign.model.reconciliation.CaseEvent;
import io.countersign.model.reconciliation.Comment;
import io.countersign.model.reconciliation.ExceptionCase;
import io.countersign.model.reconciliation.ExceptionCategory;
import io.countersign.model.reconciliation.ExceptionState;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// The work queue of reconciliation.
public final class ExceptionsView implements Screen {

  private static final List<KeyCode> DIGITS =
      List.of(
          KeyCode.DIGIT1,
          KeyCode.DIGIT2,
          KeyCode.DIGIT3,
          KeyCode.DIGIT4,
          KeyCode.DIGIT5,
          KeyCode.DIGIT6,
          KeyCode.DIGIT7,
          KeyCode.DIGIT8,
          KeyCode.DIGIT9);

  private final ExceptionsViewModel model;
  private final Amounts amounts;
  private final Days days;
  private final Links links;
  private final Memory memory;
  private final Overlay overlay;
  private final ExceptionForms forms;
  private final ChosenExceptions chosen;
  private final Parent root;
  private boolean visited;

  @FXML private Label exceptionsCount;
  @FXML private ComboBox<@Nullable ExceptionState> exceptionsState;
  @FXML private ComboBox<@Nullable ExceptionCategory> exceptionsCategory;
  @FXML private TextField exceptionsSearch;
  @FXML private CheckBox exceptionsMine;
  @FXML private ComboBox<ExceptionOrder> exceptionsOrder;
  @FXML private ComboBox<@Nullable MinimumAge> exceptionsAge;
  @FXML private TextField exceptionsSource;
  @FXML private SavedViews exceptionsViews;
  @FXML private Chips exceptionsChips;
  @FXML private InlineFailure exceptionsFailure;
  @FXML private TableView<ExceptionRow> exceptionsTable;
  @FXML private ScrollPane exceptionsDetailScroll;
  @FXML private InlineFailure exceptionActionFailure;
  @FXML private VBox exceptionsDetail;

  public ExceptionsView(
      ExceptionsViewModel model,
      Amounts amounts,
      Days days,
      Overlay overlay,
      Links links,
      Memory memory) {
    this.model = model;
    this.memory = memory;
    this.amounts = amounts;
    this.days = days;
    this.links = links;
    this.overlay = overlay;
    this.forms = new ExceptionForms(model, overlay);
    this.chosen = new ChosenExceptions(model, forms, amounts);
    this.root = Fxml.load(this);
  }

  @FXML
  private void initialize() {
    memory
        .choice("state", ExceptionState.class, model.stateProperty())
        .choice("category", ExceptionCategory.class, model.categoryProperty())
        .text("text", model.textProperty())
        .flag("mine", model.mineProperty())
        .text("source", model.sourceProperty())
        .choice("age", MinimumAge.class, model.ageProperty())
        .always("order", ExceptionOrder.class, model.orderProperty());
    exceptionsViews.bind(memory, overlay, this::apply);
    Choices.fill(exceptionsState, ExceptionState.class, "All states", model.stateProperty());
    Choices.fill(
        exceptionsCategory, ExceptionCategory.class, "All categories", model.categoryProperty());
    exceptionsSearch.textProperty().bindBidirectional(model.textProperty());
    exceptionsMine.selectedProperty().bindBidirectional(model.mineProperty());
    model.stateProperty().addListener((property, before, now) -> apply());
    model.categoryProperty().addListener((property, before, now) -> apply());
    model.mineProperty().addListener((property, before, now) -> apply());
    Choices.fillAlways(
        exceptionsOrder, ExceptionOrder.class, model.orderProperty(), ExceptionsView::words);
    model.orderProperty().addListener((property, before, now) -> apply());
    Choices.fill(
        exceptionsAge, MinimumAge.class, "Any age", model.ageProperty(), MinimumAge::words);
    model.ageProperty().addListener((property, before, now) -> apply());
    exceptionsSource.textProperty().bindBidirectional(model.sourceProperty());
    Debounce.typing(exceptionsSource, this::apply);
    Debounce.typing(exceptionsSearch, this::apply);
    table();
    exceptionsFailure.watch(model.list());
    Sections.count(exceptionsCount, model.list(), amounts);
    exceptionActionFailure.watch(
        model.action().failureProperty(), "Close", model.action()::clearFailure);
    model.detail().valueProperty().subscribe(detail -> show());
    model.detail().failureProperty().subscribe(failure -> show());
    model.chosen().subscribe(this::show);
    model.outcomeProperty().subscribe(outcome -> show());
  }

  private static String words(ExceptionOrder order) {
    return switch (order) {
      case AGE -> "Oldest first";
      case AMOUNT -> "Largest first";
      case DUE -> "Due soonest first";
    };
  }

  private void table() {
    TableColumn<ExceptionRow, String> age = Tables.text("Age", 86, ExceptionRow::age);
    TableColumn<ExceptionRow, String> amount = Tables.amount("Amount", 135, ExceptionRow::amount);
    TableColumn<ExceptionRow, String> due = Tables.text("Due", 160, ExceptionRow::due);
    exceptionsTable
        .getColumns()
        .setAll(
            List.of(
                Tables.text("Category", 150, ExceptionRow::category),
                Tables.badge("State", 100, ExceptionRow::state, ExceptionRow::tone),
                amount,
                Tables.amount("Difference", 130, ExceptionRow::difference),
                age,
                Tables.text("Assignee", 110, ExceptionRow::assignee),
                Tables.text("Source", 110, ExceptionRow::source),
                due));
    Tables.bind(
        exceptionsTable, model.list(), "exceptions", exceptionsDetailScroll, exceptionsDetail);
    Tables.onChosen(exceptionsTable, model::choose);
    memory.columns(exceptionsTable);
    Sorting.bind(
        exceptionsTable,
        model.orderProperty(),
        List.of(
            new Sorting.On<>(age, TableColumn.SortType.DESCENDING, ExceptionOrder.AGE),
            new Sorting.On<>(amount, TableColumn.SortType.DESCENDING, ExceptionOrder.AMOUNT),
            new Sorting.On<>(due, TableColumn.SortType.ASCENDING, ExceptionOrder.DUE)));
  }

  private void apply() {
    model.apply();
    exceptionsChips.clear();
    ExceptionState state = model.stateProperty().get();
    if (state != null) {
      exceptionsChips.add("State: " + Words.of(state), () -> model.stateProperty().set(null));
    }
    ExceptionCategory category = model.categoryProperty().get();
    if (category != null) {
      exceptionsChips.add(
          "Category: " + Words.of(category), () -> model.categoryProperty().set(null));
    }
    String text = model.textProperty().get().strip();
    if (!text.isEmpty()) {
      exceptionsChips.add(
          "Text: " + text,
          () -> {
            model.textProperty().set("");
            apply();
          });
    }
    String source = model.sourceProperty().get().strip();
    if (!source.isEmpty()) {
      exceptionsChips.add(
          "Source: " + source,
          () -> {
            model.sourceProperty().set("");
            apply();
          });
    }
    MinimumAge age = model.ageProperty().get();
    if (age != null) {
      exceptionsChips.add(age.words(), () -> model.ageProperty().set(null));
    }
    if (model.mineProperty().get()) {
      exceptionsChips.add("Mine", () -> model.mineProperty().set(false));
    }
  }

  private void show() {
    ExceptionDetail detail = model.detail().value();
    if (model.chosen().size() > 1) {
      exceptionsDetail.getChildren().setAll(chosen.of());
    } else if (detail == null) {
      exceptionsDetailScroll.setVvalue(0);
      exceptionsDetail
          .getChildren()
          .setAll(
              Sections.nothing(
                  model.detail(),
                  "Choose an exception to see both sides and what may explain it."));
    } else {
      show(detail);
    }
  }

  private void show(ExceptionDetail detail) {
    ExceptionCase one = detail.one();
    Badge state = new Badge(Words.of(one.state()), Tone.of(one.state()));
    state.setId("exceptionState");
    exceptionsDetail
        .getChildren()
        .setAll(
            Sections.head(title(one), state, null),
            actions(one),
            Sections.of("Compared", comparison(detail)));
    if (!one.candidates().isEmpty()) {
      exceptionsDetail.getChildren().add(Sections.of("What may explain it", candidates(one)));
    }
    exceptionsDetail
        .getChildren()
        .addAll(
            new SidesView(detail, model, amounts, days, links), Sections.of("Facts", facts(one)));
    if (!one.comments().isEmpty()) {
      exceptionsDetail.getChildren().add(Sections.of("Comments", comments(one)));
    }
    exceptionsDetail.getChildren().add(Sections.of("History", history(one)));
  }

  private Node comparison(ExceptionDetail detail) {
    ComparisonView view = new ComparisonView();
    InvalidationListener listener = changed -> view.show(model.comparison(detail));
    // The listener lives as long as what it fills, and no longer.
    view.setUserData(listener);
    model.chosenLines().addListener(new WeakInvalidationListener(listener));
    model.chosenTransactions().addListener(new WeakInvalidationListener(listener));
    view.show(model.comparison(detail));
    return view;
  }

  private String title(ExceptionCase one) {
    return one.amount() == null
        ? Words.of(one.category())
        : Words.of(one.category()) + ": " + amounts.text(one.amount());
  }

  private Node actions(ExceptionCase one) {
    Button match = new Button();
    match.setId("exceptionMatch");
    match.getStyleClass().add("accent");
    match.setOnAction(event -> forms.match(one));
    match
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> model.matching() + "…", model.chosenLines(), model.chosenTransactions()));
    Gate matching =
        new Gate(
            match,
            model
                .action()
                .guarded(
                    Bindings.createObjectBinding(
                        () -> model.mayMatch(one),
                        model.chosenLines(),
                        model.chosenTransactions())));
    return Sections.actions(
        matching.key(KeyCode.M),
        gate("exceptionTakeOver", "Assign to me", model.mayTakeOver(one), () -> model.takeOver(one))
            .key(KeyCode.A),
        gate("exceptionAssign", "Assign…", model.mayAssign(one), () -> forms.assign(one))
            .key(KeyCode.O),
        gate("exceptionComment", "Comment…", model.mayComment(), () -> forms.comment(one))
            .key(KeyCode.C),
        gate("exceptionDismiss", "Dismiss…", model.mayWork(one), () -> forms.dismiss(one))
            .key(KeyCode.D),
        gate("exceptionReopen", "Reopen…", model.mayReopen(one), () -> forms.reopen(one))
            .key(KeyCode.E));
  }

  private Gate gate(String id, String text, Verdict verdict, Runnable run) {
    return new Gate(Sections.action(id, text, run), model.action().guarded(verdict));
  }

  private Node candidates(ExceptionCase one) {
    VBox cards = new VBox(8);
    cards.setId("exceptionCandidates");
    for (Candidate candidate : one.candidates()) {
      int number = cards.getChildren().size();
      boolean numbered = number < DIGITS.size();
      Button choose =
          Sections.action(
              "candidate-" + number,
              "Choose" + (numbered ? " (" + (number + 1) + ")" : ""),
              () -> model.choose(one, candidate));
      choose.getStyleClass().add("small");
      Gate gate = new Gate(choose, new ReadOnlyObjectWrapper<>(Verdict.YES));
      if (numbered) {
        gate.key(DIGITS.get(number));
      }
      Label score = new Label("Likelihood " + candidate.score() + " of 100");
      score.getStyleClass().add("section-title");
      VBox card = new VBox(score, Sections.wrapped(candidate.reason(), "line-text"), gate);
      card.getStyleClass().add("card");
      cards.getChildren().add(card);
    }
    return cards;
  }

  private FactsGrid facts(ExceptionCase one) {
    FactsGrid facts = new FactsGrid();
    facts
        .add("Difference", amounts.text(one.difference()))
        .add("Source", one.source())
        .add("Opened", days.instant(one.openedAt()))
        .add("Due", days.instant(one.dueAt()))
        .add("Assignee", one.assignee());
    if (one.payment() != null) {
      facts.link("Payment", one.payment().toString(), links);
    }
    if (one.resolution() != null) {
      facts
          .add(
              "Resolved by", Words.sentence(one.resolution().type()) + ", " + one.resolution().by())
          .add("Reason", one.resolution().reason());
    }
    return facts.id("Id", one.id().toString());
  }

  private Node comments(ExceptionCase one) {
    Timeline timeline = new Timeline("exceptionComments");
    for (Comment comment : one.comments()) {
      timeline.add(comment.text(), days.instant(comment.at()) + " · " + comment.by(), null);
    }
    return timeline;
  }

  private Node history(ExceptionCase one) {
    Timeline timeline = new Timeline("exceptionHistory");
    for (CaseEvent event : one.history()) {
      timeline.add(
          Timeline.step(event.type(), event.from(), event.to()),
          days.instant(event.at()) + " · " + event.by(),
          event.detail());
    }
    return timeline;
  }

  @Override
  public String name() {
    return "Exceptions";
  }

  @Override
  public Ikon icon() {
    return Feather.ALERT_TRIANGLE;
  }

  @Override
  public Node root() {
    return root;
  }

  @Override
  public void shown() {
    if (!visited) {
      visited = true;
      apply();
    } else {
      refresh();
    }
  }

  @Override
  public void refresh() {
    model.list().refresh();
    model.detail().again();
  }

  @Override
  public void search() {
    exceptionsSearch.requestFocus();
    exceptionsSearch.selectAll();
  }

  @Override
  public void open(String id) {
    model.list().selectedProperty().set(null);
    model.open(ExceptionId.parse(id));
  }
}
