package io.countersign.console.ui;

import io.countersign.console.client.Detail;
import io.countersign.console.client.ListModel;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The parts that every detail pane is made of.
public final class Sections {

  private Sections() {}

  public static Node of(String title, Node content) {
    Label label = new Label(title);
    label.getStyleClass().add("section-title");
    return new VBox(8, label, content);
  }

  /// @param words below the title; left out when null or blank
  public static Node head(String title, Node badge, @Nullable String words) {
    Label name = wrapped(title, "detail-title");
    VBox head = new VBox(6, name, badge);
    if (words != null && !words.isBlank()) {
      head.getChildren().add(wrapped(words, "detail-words"));
    }
    return head;
  }

  public static Label wrapped(String text, String styleClass) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.getStyleClass().add(styleClass);
    return label;
  }

  public static Button action(String id, String text, Runnable run) {
    Button button = new Button(text);
    button.setId(id);
    button.setOnAction(event -> run.run());
    return button;
  }

  public static FlowPane actions(Node... buttons) {
    FlowPane pane = new FlowPane(buttons);
    pane.getStyleClass().add("actions");
    return pane;
  }

  /// What stands in for a detail that is not there: a hint, that it is coming, or why it is not.
  public static Node nothing(Detail<?> detail, String hint) {
    if (detail.failureProperty().get() != null) {
      InlineFailure line = new InlineFailure();
      line.watch(detail.failureProperty(), "Try again", detail::again);
      return line;
    }
    if (detail.isLoading()) {
      ProgressIndicator progress = new ProgressIndicator();
      progress.setMaxSize(24, 24);
      progress.setAccessibleText("Loading");
      return progress;
    }
    return wrapped(hint, "muted");
  }

  /// "12 in all", or how many of them have come so far.
  public static void count(Label label, ListModel<?> list, Amounts amounts) {
    label
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> {
                  Long total = list.totalProperty().get();
                  long shown = list.rows().size();
                  return total == null && list.hasMore()
                      ? amounts.count(shown) + " shown, more below"
                      : amounts.count(total == null ? shown : total) + " in all";
                },
                list.rows(),
                list.totalProperty(),
                list.phaseProperty()));
  }
}
