package io.countersign.console.ui;

import io.countersign.console.client.Action;
import io.countersign.console.client.Failure;
import io.countersign.console.client.Verdict;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A form over the page that ends in one action. Its button says what it does.
public final class ActionForm extends VBox {

  private final VBox fields = new VBox();
  private final Label problem = new Label();
  private final Button confirm = new Button();
  private final FieldMarks marks = new FieldMarks();
  private final Overlay overlay;

  /// @param id of the form; its parts are `<id>-confirm`, `<id>-cancel` and `<id>-problem`
  public ActionForm(String id, String title, String explanation, Overlay overlay) {
    this.overlay = overlay;
    setId(id);
    getStyleClass().add("action-form");
    setMaxHeight(USE_PREF_SIZE);
    Label heading = new Label(title);
    heading.getStyleClass().add("form-title");
    Label words = wrapped(explanation);
    words.getStyleClass().add("muted");
    fields.getStyleClass().addAll("form-fields", "with-problems");
    problem.setId(id + "-problem");
    problem.setWrapText(true);
    problem.setMinHeight(Region.USE_PREF_SIZE);
    problem.getStyleClass().add("problem");
    problem.managedProperty().bind(problem.visibleProperty());
    problem.setVisible(false);
    Button cancel = new Button("Cancel");
    cancel.setId(id + "-cancel");
    cancel.setMinWidth(USE_PREF_SIZE);
    cancel.setCancelButton(true);
    cancel.setOnAction(event -> overlay.hide());
    confirm.setId(id + "-confirm");
    confirm.setMinWidth(USE_PREF_SIZE);
    confirm.setDefaultButton(true);
    // In a field of several lines Enter begins another one.
    addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
            confirm.fire();
            event.consume();
          }
        });
    HBox buttons = new HBox(cancel);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    buttons.getStyleClass().add("form-buttons");
    ScrollPane scroll = new ScrollPane(fields);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("form-scroll");
    getChildren().addAll(heading, words, scroll, problem, buttons);
  }

  public ActionForm field(String name, Node input) {
    Label label = new Label(name);
    label.setLabelFor(input);
    label.getStyleClass().add("field-name");
    VBox line = new VBox(label, input);
    line.getStyleClass().add("form-field");
    marks.makeRoom(input, line);
    fields.getChildren().add(line);
    return this;
  }

  /// A field that says itself what is wrong with it.
  ///
  /// @param whyNot a sentence about what is written; empty when it is good
  public ActionForm field(String name, TextInputControl input, Function<String, String> whyNot) {
    field(name, input);
    marks.check(input, whyNot);
    return this;
  }

  public ActionForm content(Node node) {
    fields.getChildren().add(node);
    return this;
  }

  public static TextArea reasonArea(String id) {
    TextArea area = new TextArea();
    area.setId(id);
    area.setWrapText(true);
    area.setPrefRowCount(3);
    // Tab leaves the field, as everywhere else in a form.
    area.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.TAB && !event.isControlDown()) {
            area.getParent()
                .requestFocusTraversal(
                    event.isShiftDown()
                        ? javafx.scene.TraversalDirection.PREVIOUS
                        : javafx.scene.TraversalDirection.NEXT);
            event.consume();
          }
        });
    return area;
  }

  /// @param doing what the button says and does, such as `Refund 120.00 EUR`
  /// @param verdict whether it may be pressed
  /// @param action shows why it failed; the form stays open until the answer is good
  public void confirmedBy(
      ObservableValue<String> doing,
      ObservableValue<Verdict> verdict,
      Action action,
      String styleClass,
      Runnable run) {
    confirm.textProperty().bind(doing);
    confirm.getStyleClass().add(styleClass);
    confirm.setOnAction(event -> run.run());
    Gate gate = new Gate(confirm, action.guarded(verdict));
    HBox buttons = (HBox) getChildren().getLast();
    Label whyNot = wrapped("");
    whyNot.setId(getId() + "-why-not");
    whyNot.getStyleClass().add("why-not");
    whyNot.setMaxWidth(Double.MAX_VALUE);
    whyNot.textProperty().bind(verdict.map(Verdict::whyNot));
    HBox.setHgrow(whyNot, Priority.ALWAYS);
    buttons.getChildren().addFirst(whyNot);
    buttons.getChildren().add(gate);
    action.clearFailure();
    action.failureProperty().subscribe(this::show);
  }

  public void open() {
    overlay.show(this);
  }

  private void show(@Nullable Failure failure) {
    problem.setVisible(failure != null);
    problem.setText(failure == null ? "" : failure.message());
  }

  private static Label wrapped(String text) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }
}
