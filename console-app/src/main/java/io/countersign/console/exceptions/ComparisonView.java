package io.countersign.console.exceptions;

import io.countersign.console.exceptions.Comparison.Field;
import io.countersign.console.exceptions.Comparison.Judgement;
import io.countersign.console.ui.Icons;
import io.countersign.console.ui.Sections;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// What is chosen on both sides, field by field; those that differ are marked by sign, word and
/// colour.
final class ComparisonView extends GridPane {

  ComparisonView() {
    setId("exceptionComparison");
    getStyleClass().add("comparison");
    ColumnConstraints names = new ColumnConstraints();
    names.setMinWidth(Region.USE_PREF_SIZE);
    ColumnConstraints signs = new ColumnConstraints();
    signs.setMinWidth(Region.USE_PREF_SIZE);
    getColumnConstraints().addAll(names, side(), signs, side());
  }

  private static ColumnConstraints side() {
    ColumnConstraints side = new ColumnConstraints();
    side.setHgrow(Priority.ALWAYS);
    side.setFillWidth(true);
    side.setPercentWidth(34);
    return side;
  }

  void show(Comparison comparison) {
    getChildren().clear();
    if (comparison.fields().isEmpty()) {
      add(
          Sections.wrapped(
              "Choose a candidate (1 to 9) or tick both sides to compare them.", "muted"),
          0,
          0,
          4,
          1);
      return;
    }
    int row = 0;
    for (Field field : comparison.fields()) {
      Label name = new Label(field.name());
      name.getStyleClass().add("fact-name");
      addRow(
          row++, name, value(field, field.statement()), sign(field), value(field, field.books()));
    }
  }

  private static Node value(Field field, String text) {
    Label value = Sections.wrapped(text.isEmpty() ? "nothing" : text, "compared");
    value.setMaxWidth(Double.MAX_VALUE);
    if (text.isEmpty()) {
      value.getStyleClass().add("muted");
    }
    if (field.judgement() == Judgement.DIFFERS) {
      value.getStyleClass().add("compared-differs");
    }
    return value;
  }

  private static Node sign(Field field) {
    return switch (field.judgement()) {
      case SAME -> {
        Label same = new Label("=", Icons.of(Feather.CHECK, "The same"));
        same.getStyleClass().add("compared-same");
        yield same;
      }
      case DIFFERS -> {
        Label differs = new Label("≠");
        differs.setAccessibleText("Differs: " + field.words());
        differs.getStyleClass().add("compared-sign");
        VBox sign = new VBox(new HBox(differs), Sections.wrapped(field.words(), "compared-words"));
        yield sign;
      }
      case NONE -> new Label("");
    };
  }
}
