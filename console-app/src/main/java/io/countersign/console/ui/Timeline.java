package io.countersign.console.ui;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What happened, in order, from top to bottom.
public final class Timeline extends VBox {

  public Timeline(String id) {
    setId(id);
    getStyleClass().add("timeline");
  }

  /// What a step is called: its type, and the state it led to unless the type says that already.
  public static String step(String type, @Nullable Enum<?> from, @Nullable Enum<?> to) {
    String name = Words.sentence(type);
    return to == null || to == from || Words.of(to).equals(name)
        ? name
        : name + " → " + Words.of(to);
  }

  /// @param detail left out when null or blank
  public void add(String what, String whenAndWho, @Nullable String detail) {
    Label title = Sections.wrapped(what, "timeline-title");
    Label when = Sections.wrapped(whenAndWho, "muted");
    VBox words = new VBox(1, title, when);
    if (detail != null && !detail.isBlank()) {
      words.getChildren().add(Sections.wrapped(detail, "timeline-detail"));
    }
    words.getStyleClass().add("timeline-words");
    HBox.setHgrow(words, Priority.ALWAYS);
    getChildren().add(new HBox(10, rail(), words));
  }

  private static VBox rail() {
    Region dot = new Region();
    dot.getStyleClass().add("timeline-dot");
    dot.setMinSize(9, 9);
    dot.setMaxSize(9, 9);
    Region line = new Region();
    line.getStyleClass().add("timeline-line");
    line.setMinWidth(2);
    line.setMaxWidth(2);
    VBox.setVgrow(line, Priority.ALWAYS);
    VBox rail = new VBox(2, dot, line);
    rail.setAlignment(Pos.TOP_CENTER);
    rail.getStyleClass().add("timeline-rail");
    return rail;
  }
}
