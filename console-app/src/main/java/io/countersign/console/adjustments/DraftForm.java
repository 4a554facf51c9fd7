package io.countersign.console.adjustments;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.Choices;
import io.countersign.console.ui.FieldMarks;
import io.countersign.console.ui.Gate;
import io.countersign.console.ui.Icons;
import io.countersign.console.ui.InlineFailure;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Words;
import io.countersign.model.journal.Direction;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Where an adjustment is written: its lines show at once what they lack until they balance.
final class DraftForm extends VBox {

  private final AdjustmentsViewModel model;
  private final FieldMarks marks = new FieldMarks();
  private final GridPane lines = new GridPane();

  /// @param proposed is given the id of the proposal
  DraftForm(AdjustmentsViewModel model, Consumer<String> proposed) {
    this.model = model;
    setId("adjustmentForm");
    getStyleClass().addAll("detail", "draft-form");
    lines.getStyleClass().add("draft-lines");
    ColumnConstraints account = new ColumnConstraints();
    account.setHgrow(Priority.ALWAYS);
    lines.getColumnConstraints().add(account);
    Label title = new Label("New adjustment");
    title.getStyleClass().add("detail-title");
    Label hint =
        Sections.wrapped("It is posted when somebody else has approved it, not before.", "muted");
    InlineFailure failure = new InlineFailure();
    failure.watch(model.proposal().failureProperty(), "Close", model.proposal()::clearFailure);
    Button add = Sections.action("adjustmentAddLine", "Add line", () -> model.draft().addLine());
    getChildren()
        .addAll(
            title,
            hint,
            field("Description", description()),
            field("Reason", reason()),
            field("Accounting day (empty is today)", day()),
            Sections.of("Lines", lines),
            add,
            balance(),
            failure,
            buttons(proposed));
    model
        .draft()
        .lines()
        .addListener((ListChangeListener<DraftLine>) change -> lineChanged(change));
    showLines();
  }

  private Node description() {
    TextField field = new TextField();
    field.setId("adjustmentDescription");
    field.textProperty().bindBidirectional(model.draft().descriptionProperty());
    marks.<String>check(field, text -> text.isBlank() ? "Describe what is posted." : "");
    return field;
  }

  private Node reason() {
    TextField field = new TextField();
    field.setId("adjustmentReason");
    field.textProperty().bindBidirectional(model.draft().reasonProperty());
    marks.<String>check(field, text -> text.isBlank() ? "Say why it is needed." : "");
    return field;
  }

  private Node day() {
    DatePicker picker = new DatePicker();
    picker.setId("adjustmentDay");
    picker.valueProperty().bindBidirectional(model.draft().effectiveOnProperty());
    return picker;
  }

  private static Node field(String name, Node input) {
    Label label = new Label(name);
    label.setLabelFor(input);
    label.getStyleClass().add("field-name");
    VBox line = new VBox(label, input);
    line.getStyleClass().add("form-field");
    return line;
  }

  private Label balance() {
    Label balance = new Label();
    balance.setId("adjustmentBalance");
    balance
        .textProperty()
        .bind(Bindings.createStringBinding(() -> model.draft().balance(), model.draft().lines()));
    model
        .draft()
        .lines()
        .subscribe(
            () -> {
              balance.getStyleClass().removeAll("difference-open", "difference-closed");
              balance
                  .getStyleClass()
                  .add(model.draft().isBalanced() ? "difference-closed" : "difference-open");
            });
    balance.getStyleClass().addAll("sum-line", "difference-open");
    return balance;
  }

  private Node buttons(Consumer<String> proposed) {
    Button propose = Sections.action("adjustmentPropose", "", () -> model.propose(proposed));
    propose.getStyleClass().add("accent");
    propose
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    model.draft().isBalanced()
                        ? "Propose adjustment of " + model.draft().total()
                        : "Propose adjustment",
                model.draft().lines()));
    ObservableValue<Verdict> verdict =
        Bindings.createObjectBinding(
            model::mayProposeDraft,
            model.draft().lines(),
            model.draft().reasonProperty(),
            model.draft().descriptionProperty());
    Gate gate = new Gate(propose, model.proposal().guarded(verdict));
    Button close =
        Sections.action(
            "adjustmentClose", "Keep draft and close", () -> model.writingProperty().set(false));
    Label whyNot = Sections.wrapped("", "why-not");
    whyNot.setId("adjustmentWhyNot");
    whyNot.textProperty().bind(verdict.map(this::whyNot));
    Button clear = Sections.action("adjustmentClear", "Clear", () -> model.draft().clear());
    return new VBox(8, whyNot, Sections.actions(gate, close, clear));
  }

  // What the balance says already is not said twice.
  private String whyNot(Verdict verdict) {
    return verdict.whyNot().equals(model.draft().balance() + ".") ? "" : verdict.whyNot();
  }

  private void lineChanged(ListChangeListener.Change<? extends DraftLine> change) {
    while (change.next()) {
      if (!change.wasUpdated()) {
        showLines();
        return;
      }
    }
  }

  private void showLines() {
    lines.getChildren().clear();
    lines.addRow(0, head("Account"), head("Side"), head("Amount"), head("Currency"));
    List<DraftLine> all = model.draft().lines();
    for (int number = 1; number <= all.size(); number++) {
      showLine(number, all.get(number - 1));
    }
  }

  private void showLine(int number, DraftLine line) {
    AccountChoice account = new AccountChoice(line.accountProperty(), model);
    account.setId("adjustmentAccount-" + number);
    account.setAccessibleText("Account of line " + number);
    marks.<@Nullable String>check(account, code -> code == null ? "Choose an account." : "");
    ComboBox<Direction> side = new ComboBox<>();
    side.setId("adjustmentSide-" + number);
    side.setAccessibleText("Side of line " + number);
    side.getItems().addAll(Direction.values());
    side.setConverter(Choices.words(Direction.class, Words::of));
    side.valueProperty().bindBidirectional(line.directionProperty());
    side.setMinWidth(USE_PREF_SIZE);
    side.setMaxWidth(Double.MAX_VALUE);
    TextField amount = new TextField();
    amount.setId("adjustmentAmount-" + number);
    amount.setAccessibleText("Amount of line " + number);
    amount.setPrefColumnCount(9);
    amount.getStyleClass().add("figure");
    amount.textProperty().bindBidirectional(line.amountProperty());
    marks.<String>check(amount, text -> model.draft().problemOf(line));
    TextField currency = new TextField();
    currency.setId("adjustmentCurrency-" + number);
    currency.setAccessibleText("Currency of line " + number);
    currency.setPrefColumnCount(3);
    currency.setMinWidth(USE_PREF_SIZE);
    currency.textProperty().bindBidirectional(line.currencyProperty());
    Button remove = new Button(null, Icons.of(Feather.X, "Remove line " + number));
    remove.setAccessibleText("Remove line " + number);
    remove.setTooltip(new Tooltip("Remove line " + number));
    remove.getStyleClass().addAll("button-icon", "flat", "small");
    remove.setOnAction(event -> model.draft().removeLine(line));
    lines.addRow(number, account, side, new HBox(amount), currency, remove);
  }

  private static Label head(String text) {
    Label label = new Label(text);
    label.getStyleClass().add("ledger-head");
    label.setMinWidth(USE_PREF_SIZE);
    return label;
  }
}
