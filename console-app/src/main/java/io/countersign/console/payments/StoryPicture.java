package io.countersign.console.payments;

import io.countersign.console.payments.PaymentStory.Mark;
import io.countersign.console.payments.PaymentStory.RefundSpan;
import io.countersign.console.payments.PaymentStory.Span;
import io.countersign.console.ui.Countdown;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Icons;
import io.countersign.console.ui.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// A payment along time: the band of its states, hatched where nobody knew whether the card was
/// charged, and below it who did what. Arrow keys go from mark to mark.
final class StoryPicture extends Region {

  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
  private static final double GAP = 8;

  private record Placed(Mark mark, StackPane node) {}

  private record LaneRow(Lane lane, Label name, Region line) {}

  private record BandPart(Region node, List<Label> words) {}

  private final PaymentStory story;
  private final StoryWords words;
  private final Days days;
  private final Consumer<Mark> onChosen;
  private final List<BandPart> band = new ArrayList<>();
  private final List<Label> starts = new ArrayList<>();
  private final List<LaneRow> lanes = new ArrayList<>();
  private final List<Region> refunds = new ArrayList<>();
  private final List<Placed> marks = new ArrayList<>();
  private final Label now = new Label("now");
  private final Region nowLine = new Region();
  private final @Nullable Region future;
  private final @Nullable Label countdown;
  private final @Nullable Node clock;
  private StoryScale scale;
  private StoryScale scaleOfMarks;
  private double resolution = 0.05;
  private int chosen = -1;

  /// @param onChosen told of the mark that is looked at
  /// @param due asks the server anew when the next check has been made
  StoryPicture(
      PaymentStory story, StoryWords words, Days days, Consumer<Mark> onChosen, Runnable due) {
    this.story = story;
    this.scale = story.scale(List.of());
    this.scaleOfMarks = scale;
    this.words = words;
    this.days = days;
    this.onChosen = onChosen;
    setId("paymentPicture");
    getStyleClass().add("story-picture");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.TEXT);
    setAccessibleText(words.all(story));
    Instant next = story.nextCheckAt();
    if (next == null) {
      future = null;
      countdown = null;
      clock = null;
    } else {
      future = region("story-future");
      countdown = new Countdown(next, days, due);
      countdown.setTooltip(new Tooltip("Next check " + days.moment(next)));
      clock = Icons.of(Feather.CLOCK, "Next check");
    }
    draw();
    setOnMousePressed(event -> requestFocus());
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
  }

  private void draw() {
    for (Lane lane : story.lanes()) {
      Label name = new Label(lane.words());
      name.getStyleClass().add("story-lane");
      LaneRow row = new LaneRow(lane, name, region("story-line"));
      lanes.add(row);
      getChildren().addAll(row.line(), row.name());
    }
    for (Span span : story.spans()) {
      band.add(part(span));
      boolean first = starts.isEmpty();
      Label start =
          new Label(days.brief(span.from(), first ? story.now() : story.spans().getFirst().from()));
      start.getStyleClass().add("story-time");
      starts.add(start);
    }
    now.getStyleClass().addAll("story-time", "story-now");
    nowLine.getStyleClass().add("story-now-line");
    boolean going = !story.payment().state().isFinal();
    now.setVisible(going);
    nowLine.setVisible(going);
    band.forEach(part -> getChildren().add(part.node()));
    getChildren().addAll(starts);
    for (RefundSpan refund : story.refunds()) {
      Region bar = region("story-refund");
      if (refund.open()) {
        bar.getStyleClass().add("story-unknown");
      }
      refunds.add(bar);
    }
    getChildren().addAll(refunds);
    getChildren().addAll(nowLine, now);
    if (future != null && countdown != null && clock != null) {
      getChildren().addAll(future, clock, countdown);
    }
    drawMarks();
  }

  private BandPart part(Span span) {
    Label name = new Label(Words.of(span.state()));
    name.getStyleClass().add("story-state");
    boolean ended = story.payment().state().isFinal() && span.equals(story.spans().getLast());
    Label length = new Label(ended ? "" : Days.span(span.length()));
    length.getStyleClass().add("story-length");
    VBox node = new VBox(name, length);
    node.getStyleClass()
        .addAll(
            "story-span",
            span.isUnknown()
                ? "story-unknown"
                : "story-"
                    + Words.of(span.state()).toLowerCase(java.util.Locale.ROOT).replace(' ', '-'));
    Tooltip.install(node, new Tooltip(words.span(span)));
    return new BandPart(node, List.of(name, length));
  }

  private void drawMarks() {
    marks.forEach(placed -> getChildren().remove(placed.node()));
    marks.clear();
    chosen = -1;
    scaleOfMarks = scale;
    for (Mark mark : story.marks(scale, resolution)) {
      StackPane node = new StackPane(Icons.of(mark.last().happening().ikon(), words.mark(mark)));
      node.getStyleClass().addAll("story-mark", mark.last().happening().tone().styleClass());
      if (mark.moments().size() > 1) {
        Label count = new Label(String.valueOf(mark.moments().size()));
        count.getStyleClass().add("story-count");
        count.setMinWidth(USE_PREF_SIZE);
        StackPane.setAlignment(count, Pos.TOP_RIGHT);
        count.setTranslateX(9);
        count.setTranslateY(-7);
        node.getChildren().add(count);
      }
      int index = marks.size();
      node.setOnMouseEntered(event -> choose(index));
      Tooltip.install(node, new Tooltip(words.mark(mark)));
      marks.add(new Placed(mark, node));
      getChildren().add(node);
    }
  }

  private void key(KeyEvent event) {
    int wanted =
        switch (event.getCode()) {
          case LEFT -> chosen <= 0 ? 0 : chosen - 1;
          case RIGHT -> chosen + 1;
          case HOME -> 0;
          case END -> marks.size() - 1;
          default -> -1;
        };
    if (wanted >= 0 && !marks.isEmpty()) {
      choose(Math.min(wanted, marks.size() - 1));
      event.consume();
    }
  }

  private void choose(int index) {
    chosen = index;
    for (int each = 0; each < marks.size(); each++) {
      marks.get(each).node().pseudoClassStateChanged(CHOSEN, each == index);
    }
    Mark mark = marks.get(index).mark();
    setAccessibleText(words.mark(mark) + ". " + words.all(story));
    onChosen.accept(mark);
  }

  @Override
  protected double computeMinWidth(double height) {
    return 0;
  }

  @Override
  protected double computePrefWidth(double height) {
    return unit() * 22;
  }

  @Override
  protected double computePrefHeight(double width) {
    double rows = 1.3 + 2.9 + 0.5 + 2.1 * lanes.size();
    return snappedTopInset() + snappedBottomInset() + rows * unit();
  }

  /// The height of a line of text, which grows with the size that people choose.
  private double unit() {
    return Math.max(12, now.prefHeight(-1));
  }

  @Override
  protected void layoutChildren() {
    double unit = unit();
    double top = snappedTopInset();
    double left = snappedLeftInset() + names() + GAP;
    double right = snappedRightInset() + (countdown == null ? 4 : Math.max(unit * 6, ahead(unit)));
    double axis = Math.max(unit, getWidth() - left - right);
    double bandTop = top + 1.3 * unit;
    double bandHeight = 2.6 * unit;
    double lanesTop = bandTop + bandHeight + 0.5 * unit;
    double row = 2.1 * unit;
    scale = story.scale(names(axis));
    placeBand(left, axis, bandTop, bandHeight);
    placeTimes(left, axis, top);
    double markSize = 1.7 * unit;
    for (int index = 0; index < lanes.size(); index++) {
      LaneRow lane = lanes.get(index);
      double middle = lanesTop + row * index + row / 2;
      double height = lane.name().prefHeight(-1);
      lane.name().resizeRelocate(snappedLeftInset(), middle - height / 2, names(), height);
      lane.line().resizeRelocate(left, middle, axis, 1);
      placeLane(lane.lane(), left, axis, middle, markSize);
    }
    double bottom = lanesTop + row * lanes.size();
    nowLine.resizeRelocate(left + axis, top + 1.2 * unit, 2, bottom - top - 1.2 * unit);
    placeFuture(left + axis, right, bandTop, bandHeight, lanesTop + row * 0.5, row);
    double wanted = 1.3 * markSize / axis;
    if (Math.abs(wanted - resolution) > resolution / 5 || differs(scale, scaleOfMarks)) {
      resolution = wanted;
      Platform.runLater(this::drawMarks);
    }
  }

  /// How much of the axis the words in each span want.
  private List<Double> names(double axis) {
    return band.stream()
        .map(
            part ->
                (part.words().stream().mapToDouble(label -> label.prefWidth(-1)).max().orElse(0)
                        + GAP)
                    / axis)
        .toList();
  }

  private boolean differs(StoryScale one, StoryScale other) {
    for (int span = 0; span < story.spans().size(); span++) {
      if (Math.abs(one.start(span) - other.start(span)) > 0.01) {
        return true;
      }
    }
    return false;
  }

  private double names() {
    return lanes.stream().mapToDouble(row -> row.name().prefWidth(-1)).max().orElse(0);
  }

  private double ahead(double unit) {
    return countdown == null ? 0 : countdown.prefWidth(-1) + unit * 3;
  }

  private void placeBand(double left, double axis, double top, double height) {
    for (int index = 0; index < band.size(); index++) {
      BandPart part = band.get(index);
      double width = scale.width(index) * axis;
      part.node().resizeRelocate(left + scale.start(index) * axis, top, Math.max(2, width), height);
      part.words().forEach(label -> label.setVisible(label.prefWidth(-1) + 6 <= width));
    }
  }

  // Where a span begins, as far as there is room to say so: the last ones matter most.
  private void placeTimes(double left, double axis, double top) {
    boolean going = now.isVisible();
    double width = now.prefWidth(-1);
    now.resizeRelocate(left + axis - width / 2, top, width, now.prefHeight(-1));
    double free = going ? left + axis - width / 2 - GAP : getWidth();
    for (int index = starts.size() - 1; index >= 0; index--) {
      Label start = starts.get(index);
      double own = start.prefWidth(-1);
      double x = left + scale.start(index) * axis;
      boolean fits =
          x + own <= free && (index == 0 || x - left >= starts.getFirst().prefWidth(-1) + GAP);
      start.setVisible(fits);
      start.resizeRelocate(x, top, own, start.prefHeight(-1));
      if (fits) {
        free = x - GAP;
      }
    }
  }

  private void placeLane(Lane lane, double left, double axis, double middle, double size) {
    for (Placed placed : marks) {
      if (placed.mark().lane() == lane) {
        // What has just happened stays on this side of now.
        double end = left + axis - (now.isVisible() ? size * 0.6 : 0);
        double x = Math.min(left + scale.at(placed.mark().at()) * axis, end);
        placed.node().resizeRelocate(x - size / 2, middle - size / 2, size, size);
      }
    }
    if (lane == Lane.REFUNDS) {
      for (int index = 0; index < refunds.size(); index++) {
        RefundSpan refund = story.refunds().get(index);
        double from = left + scale.at(refund.from()) * axis;
        double to = refund.open() ? left + axis : left + scale.at(refund.to()) * axis;
        refunds
            .get(index)
            .resizeRelocate(from, middle - size / 5, Math.max(2, to - from), size / 2.5);
      }
    }
  }

  private void placeFuture(
      double x, double width, double bandTop, double bandHeight, double firstLane, double row) {
    if (future == null || countdown == null || clock == null) {
      return;
    }
    future.resizeRelocate(x + 2, bandTop, Math.max(0, width - 2), bandHeight);
    int line = story.lanes().indexOf(Lane.CHECKS);
    double middle = firstLane + row * line;
    double size = clock.prefWidth(-1);
    clock.resizeRelocate(x + 1.5 * GAP, middle - size / 2, size, size);
    double height = countdown.prefHeight(-1);
    countdown.resizeRelocate(
        x + 2.5 * GAP + size, middle - height / 2, countdown.prefWidth(-1), height);
  }

  private static Region region(String styleClass) {
    Region region = new Region();
    region.getStyleClass().add(styleClass);
    return region;
  }
}
