package io.countersign.console.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// What became of one action on many things.
///
/// @param done what was done, such as `Asked about`
/// @param count of how many
/// @param what one of them is called, such as `payment`
/// @param refusals one sentence for each that was refused
public record BulkOutcome(String done, int count, String what, List<String> refusals) {

  public BulkOutcome {
    refusals = List.copyOf(refusals);
  }

  /// One of them, as the server answers for it.
  ///
  /// @param name what people call it
  /// @param problem why not, as a problem document; null when it was done
  public record One(String name, int status, @Nullable Map<String, ?> problem) {}

  public static BulkOutcome of(String done, String what, List<One> all) {
    List<String> refusals = new ArrayList<>();
    for (One one : all) {
      if (one.problem() != null) {
        Object detail = one.problem().get("detail");
        refusals.add(
            one.name() + ": " + (detail == null ? "refused with " + one.status() : detail));
      }
    }
    return new BulkOutcome(done, all.size() - refusals.size(), what, refusals);
  }

  public String words() {
    return done
        + " "
        + count
        + " "
        + what
        + (count == 1 ? "" : "s")
        + (refusals.isEmpty() ? "." : "; " + refusals.size() + " refused:");
  }

  /// @param id of what says it in one line
  public Node card(String id) {
    boolean all = refusals.isEmpty();
    Label sentence = Sections.wrapped(words(), "section-title");
    sentence.setId(id);
    VBox lines =
        new VBox(
            4,
            new HBox(
                8,
                Icons.of(
                    all ? Feather.CHECK_CIRCLE : Feather.ALERT_TRIANGLE,
                    all ? "Done" : "Some were refused"),
                sentence));
    refusals.forEach(why -> lines.getChildren().add(Sections.wrapped(why, "line-text")));
    lines.getStyleClass().add("card");
    return lines;
  }
}
