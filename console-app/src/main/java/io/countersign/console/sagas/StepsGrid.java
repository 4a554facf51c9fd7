package io.countersign.console.sagas;

import io.countersign.console.ui.Badge;
import io.countersign.console.ui.Countdown;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Icons;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.payments.Saga;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// The steps of a saga from top to bottom, each with its sign: what is done, what is due, what is
/// ahead.
final class StepsGrid extends VBox {

  private final Days days;
  private final Runnable due;

  StepsGrid(Saga saga, Days days, Runnable due) {
    this.days = days;
    this.due = due;
    setId("sagaSteps");
    getStyleClass().add("saga-steps");
    for (int index = 0; index < saga.steps().size(); index++) {
      getChildren().add(step(index + 1, saga.steps().get(index), index == saga.steps().size() - 1));
    }
  }

  private Node step(int number, Saga.Step step, boolean last) {
    Look look = Look.of(step.state());
    Badge state = new Badge(Words.sentence(step.state()), look.tone());
    state.setId("sagaStep-" + number);
    Label name = new Label(number + ". " + Words.capitalised(step.name()));
    name.getStyleClass().add("timeline-title");
    HBox title = new HBox(10, name, state);
    title.setAlignment(Pos.CENTER_LEFT);
    VBox words = new VBox(3, title);
    facts(step).forEach(fact -> words.getChildren().add(fact));
    words.getStyleClass().add("timeline-words");
    HBox.setHgrow(words, Priority.ALWAYS);
    Node sign = Icons.of(look.ikon(), Words.sentence(step.state()));
    sign.getStyleClass().addAll("saga-sign", "saga-" + look.tone().styleClass());
    Region line = new Region();
    line.getStyleClass().add("timeline-line");
    line.setMinWidth(2);
    line.setMaxWidth(2);
    line.setVisible(!last);
    VBox.setVgrow(line, Priority.ALWAYS);
    VBox rail = new VBox(2, sign, line);
    rail.setAlignment(Pos.TOP_CENTER);
    return new HBox(10, rail, words);
  }

  private List<Node> facts(Saga.Step step) {
    List<Node> facts = new ArrayList<>();
    if (step.attempts() > 0) {
      facts.add(
          Sections.wrapped(
              step.attempts() + (step.attempts() == 1 ? " attempt" : " attempts"), "muted"));
    }
    if (step.lastError() != null) {
      boolean waits = step.nextAttemptAt() != null;
      facts.add(Sections.wrapped(step.lastError(), waits ? "muted" : "saga-error"));
    }
    Instant next = step.nextAttemptAt();
    if (next != null) {
      HBox line = new HBox(6, new Label("Next attempt"), new Countdown(next, days, due));
      line.setAlignment(Pos.CENTER_LEFT);
      facts.add(line);
    }
    return facts;
  }

  private record Look(Ikon ikon, Tone tone) {

    static Look of(String state) {
      return switch (state) {
        case "done" -> new Look(Feather.CHECK_CIRCLE, Tone.GOOD);
        case "running" -> new Look(Feather.PLAY_CIRCLE, Tone.WAITING);
        case "undoing" -> new Look(Feather.CORNER_UP_LEFT, Tone.WAITING);
        case "stuck" -> new Look(Feather.ALERT_TRIANGLE, Tone.BAD);
        case "refused" -> new Look(Feather.X_CIRCLE, Tone.BAD);
        case "failed" -> new Look(Feather.X_CIRCLE, Tone.BAD);
        case "undone" -> new Look(Feather.ROTATE_CCW, Tone.PLAIN);
        case "retried" -> new Look(Feather.REFRESH_CW, Tone.WAITING);
        default -> new Look(Feather.CIRCLE, Tone.PLAIN);
      };
    }
  }
}
