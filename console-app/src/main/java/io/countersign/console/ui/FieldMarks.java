package io.countersign.console.ui;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import org.controlsfx.validation.ValidationMessage;
import org.controlsfx.validation.ValidationResult;
import org.controlsfx.validation.ValidationSupport;
import org.controlsfx.validation.decoration.ValidationDecoration;
import org.jspecify.annotations.Nullable;

/// Says at a field why it cannot stay as it is: a red frame, the words below it or, where there is
/// no room, in its tooltip, and the same to a screen reader. Never before somebody has written in
/// it and gone on.
///
/// The decorations that come with ControlsFX put a pane of their own around the scene's root, which
/// is ours to exchange; hence this one.
public final class FieldMarks implements ValidationDecoration {

  private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

  private final ValidationSupport support = new ValidationSupport();
  private final Set<Control> edited = new HashSet<>();
  private final Set<Control> left = new HashSet<>();
  private final Map<Node, Label> words = new HashMap<>();

  public FieldMarks() {
    support.setValidationDecorator(this);
    support.initInitialDecoration();
  }

  /// @param whyNot a sentence about the field's value, which may be null; empty when it is good
  public <T> void check(Control field, Function<T, String> whyNot) {
    support.<T>registerValidator(
        field,
        false,
        (control, value) -> {
          if (field.isFocusWithin()) {
            edited.add(field);
          }
          String why = whyNot.apply(value);
          return ValidationResult.fromErrorIf(control, why, !why.isEmpty());
        });
    field.parentProperty().subscribe(parent -> makeRoom(field, parent));
    field
        .focusWithinProperty()
        .addListener(
            (property, before, now) -> {
              if (!now && edited.contains(field)) {
                left.add(field);
                support.redecorate();
              }
            });
  }

  /// Room for words below a field, also one that is never marked, so that all stand equally far
  /// apart. Beforehand: a form that grew as one leaves a field would move away under the mouse.
  void makeRoom(Node field, @Nullable Parent parent) {
    if (parent instanceof Pane pane && pane.getStyleClass().contains("form-field")) {
      words.computeIfAbsent(
          field,
          missing -> {
            Label line = Sections.wrapped("", "field-problem");
            pane.getChildren().add(line);
            return line;
          });
    }
  }

  @Override
  public void applyValidationDecoration(ValidationMessage message) {
    Control field = message.getTarget();
    if (left.contains(field)) {
      field.pseudoClassStateChanged(DANGER, true);
      say(field, message.getText());
    }
  }

  @Override
  public void removeDecorations(Control field) {
    field.pseudoClassStateChanged(DANGER, false);
    say(field, "");
  }

  private void say(Control field, String why) {
    Label line = words.get(field);
    if (line != null) {
      line.setText(why);
    } else {
      field.setTooltip(why.isEmpty() ? null : new Tooltip(why));
    }
    field.setAccessibleHelp(why);
  }

  @Override
  public void applyRequiredDecoration(Control field) {
    // What is missing is said once somebody has passed it by.
  }
}
