package io.countersign.console.ui;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;

/// What happened, in order, from top to bottom.
public final class Timeline extends VBox {

  /// One thing that happened.
  ///
  /// @param ikon in place of a plain dot
  /// @param detail left out when null or blank; ids in it become links
  public record Line(
      Ikon ikon, String what, String whenAndWho, @Nullable String detail, Links links) {}

  public Timeline(String id) {
    setId(id);
    getStyleClass().add("timeline");
  }

  /// What a step is called: its type, and the state it led to unless the type says that already.
  public static String step(String type, @Nullable Enum<?> from, @Nullable Enum<?> to) {
    String name = Words.sentence(type);
    return name + states(from, to, name);
  }

  /// ` → Succeeded`, unless nothing changed or the name says that already.
  public static String states(@Nullable Enum<?> from, @Nullable Enum<?> to, String name) {
    return to == null || to == from || Words.of(to).equals(name) ? "" : " → " + Words.of(to);
  }

  /// @param detail left out when null or blank
  public void add(String what, String whenAndWho, @Nullable String detail) {
    getChildren().add(new HBox(10, rail(dot()), words(what, whenAndWho, detail)));
  }

  public void add(Line line) {
    getChildren().add(node(line));
  }

  /// Many that say the same as one line, with a way to see each.
  public void fold(Line summary, List<Line> each) {
    HBox head = node(summary);
    VBox unfolded = new VBox();
    unfolded.setVisible(false);
    unfolded.managedProperty().bind(unfolded.visibleProperty());
    Hyperlink toggle = new Hyperlink();
    toggle.getStyleClass().add("timeline-fold");
    toggle
        .textProperty()
        .bind(
            unfolded
                .visibleProperty()
                .map(shown -> shown ? "Fold them again" : "Show each of " + each.size()));
    toggle.setOnAction(
        event -> {
          if (unfolded.getChildren().isEmpty()) {
            each.forEach(line -> unfolded.getChildren().add(node(line)));
          }
          unfolded.setVisible(!unfolded.isVisible());
        });
    ((VBox) head.getChildren().getLast()).getChildren().add(toggle);
    getChildren().addAll(head, unfolded);
  }

  private static HBox node(Line line) {
    Node sign = Icons.of(line.ikon(), "");
    sign.getStyleClass().add("timeline-icon");
    String detail = line.detail();
    VBox words =
        words(line.what(), line.whenAndWho(), detail == null ? null : IdLinks.shortened(detail));
    List<String> ids =
        detail == null
            ? List.of()
            : IdLinks.in(detail).stream().filter(id -> line.links().lead(id)).toList();
    if (!ids.isEmpty()) {
      FlowPane links = new FlowPane(10, 0);
      for (String id : ids) {
        Hyperlink link = new Hyperlink("Open " + Ids.shortened(id));
        link.setOnAction(event -> line.links().open(id));
        links.getChildren().add(link);
      }
      words.getChildren().add(links);
    }
    return new HBox(10, rail(sign), words);
  }

  private static VBox words(String what, String whenAndWho, @Nullable String detail) {
    Label title = Sections.wrapped(what, "timeline-title");
    Label when = Sections.wrapped(whenAndWho, "muted");
    VBox words = new VBox(1, title, when);
    if (detail != null && !detail.isBlank()) {
      words.getChildren().add(Sections.wrapped(detail, "timeline-detail"));
    }
    words.getStyleClass().add("timeline-words");
    HBox.setHgrow(words, Priority.ALWAYS);
    return words;
  }

  private static Region dot() {
    Region dot = new Region();
    dot.getStyleClass().add("timeline-dot");
    dot.setMinSize(9, 9);
    dot.setMaxSize(9, 9);
    return dot;
  }

  private static VBox rail(Node sign) {
    Region line = new Region();
    line.getStyleClass().add("timeline-line");
    line.setMinWidth(2);
    line.setMaxWidth(2);
    VBox.setVgrow(line, Priority.ALWAYS);
    VBox rail = new VBox(2, sign, line);
    rail.setAlignment(Pos.TOP_CENTER);
    rail.getStyleClass().add("timeline-rail");
    return rail;
  }
}
