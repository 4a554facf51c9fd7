package io.countersign.console.payments;

import io.countersign.console.payments.PaymentStory.Moment;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Timeline;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What happened to a payment: one sentence, a picture, and every event in words. Runs of checks
/// that say the same are folded into one line.
final class StoryPane extends VBox {

  // Three lines are read as fast as one that says three.
  private static final int FOLDED_FROM = 4;

  private final PaymentStory story;
  private final Days days;
  private final Links links;

  StoryPane(PaymentStory story, Amounts amounts, Days days, Links links, Runnable due) {
    this.story = story;
    this.days = days;
    this.links = links;
    getStyleClass().add("story");
    StoryWords words = new StoryWords(amounts, days);
    Label headline = Sections.wrapped(words.headline(story), "story-headline");
    headline.setId("paymentHeadline");
    Label readout = Sections.wrapped("", "story-readout");
    readout.setId("paymentReadout");
    readout.managedProperty().bind(readout.textProperty().isNotEmpty());
    StoryPicture picture =
        new StoryPicture(story, words, days, mark -> readout.setText(words.mark(mark)), due);
    getChildren().addAll(headline, picture, readout);
    if (story.spans().stream().anyMatch(PaymentStory.Span::isUnknown)) {
      getChildren().add(legend());
    }
    getChildren().add(history());
  }

  private static Node legend() {
    Region swatch = new Region();
    swatch.getStyleClass().addAll("story-swatch", "story-unknown");
    Label words = Sections.wrapped("Hatched: unknown whether charged. Not to scale.", "muted");
    HBox legend = new HBox(6, swatch, words);
    legend.setAlignment(Pos.CENTER_LEFT);
    return legend;
  }

  private Node history() {
    Timeline timeline = new Timeline("paymentTimeline");
    List<Moment> moments = story.moments();
    int index = 0;
    while (index < moments.size()) {
      int end = index + 1;
      while (end < moments.size() && saysTheSame(moments.get(index), moments.get(end))) {
        end++;
      }
      List<Moment> run = moments.subList(index, end);
      if (run.size() < FOLDED_FROM) {
        run.forEach(moment -> timeline.add(line(moment)));
      } else {
        timeline.fold(folded(run), run.stream().map(this::line).toList());
      }
      index = end;
    }
    return timeline;
  }

  private static boolean saysTheSame(Moment one, Moment next) {
    return one.happening().isRepetitive()
        && one.happening() == next.happening()
        && java.util.Objects.equals(one.event().detail(), next.event().detail());
  }

  private Timeline.Line folded(List<Moment> run) {
    Moment first = run.getFirst();
    return new Timeline.Line(
        first.happening().ikon(),
        run.size() + " × " + first.words(),
        days.moment(first.event().at()) + " to " + days.moment(run.getLast().event().at()),
        first.event().detail(),
        links);
  }

  private Timeline.Line line(Moment moment) {
    List<String> about = new ArrayList<>(List.of(days.moment(moment.event().at())));
    about.add(moment.event().by());
    String states = Timeline.states(moment.event().from(), moment.event().to(), moment.words());
    return new Timeline.Line(
        moment.happening().ikon(),
        moment.words() + states,
        String.join(" · ", about),
        moment.event().detail(),
        links);
  }
}
