package io.countersign.console.payments;

import io.countersign.console.payments.PaymentStory.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Where a time stands on the axis of a payment's picture. A payment is sent within milliseconds
/// and may then be unknown for days, and checks come ever more slowly: so each span is as wide as
/// the logarithm of its length, and so is time within it. None is too narrow to be seen. What
/// people begin late in a long span starts the logarithm anew, or it would vanish at the end of it.
final class StoryScale {

  // In logarithms of seconds: the least width is that of five, the rest grows with the length.
  private static final double LEAST = 5;

  /// A stretch of time with one logarithm, and where it stands.
  private record Stretch(Instant from, Instant to, double start, double width) {}

  private final List<Stretch> stretches = new ArrayList<>();
  private final double[] starts;

  /// @param anew where the logarithm starts again
  /// @param least of the whole width, for each span; ignored when they do not fit
  StoryScale(List<Span> spans, List<Instant> anew, List<Double> least) {
    double[] weights = spans.stream().mapToDouble(span -> weight(bounds(span, anew))).toArray();
    double whole = java.util.Arrays.stream(weights).sum();
    double taken = least.stream().mapToDouble(Double::doubleValue).sum();
    boolean fits = least.size() == spans.size() && taken <= 1;
    starts = new double[spans.size() + 1];
    for (int index = 0; index < spans.size(); index++) {
      double share = weights[index] / whole;
      double width = fits ? least.get(index) + (1 - taken) * share : share;
      addStretches(bounds(spans.get(index), anew), starts[index], width / weights[index]);
      starts[index + 1] = starts[index] + width;
    }
  }

  private void addStretches(List<Instant> bounds, double from, double unit) {
    double start = from;
    for (int index = 1; index < bounds.size(); index++) {
      Instant begin = bounds.get(index - 1);
      double width = weight(bounds.subList(index - 1, index + 1)) * unit;
      stretches.add(new Stretch(begin, bounds.get(index), start, width));
      start += width;
    }
  }

  private static List<Instant> bounds(Span span, List<Instant> anew) {
    List<Instant> bounds = new ArrayList<>(List.of(span.from()));
    anew.stream()
        .filter(at -> at.isAfter(span.from()) && at.isBefore(span.to()))
        .distinct()
        .sorted()
        .forEach(bounds::add);
    bounds.add(span.to());
    return bounds;
  }

  private static double weight(List<Instant> bounds) {
    double weight = 0;
    for (int index = 1; index < bounds.size(); index++) {
      weight += LEAST + logarithm(bounds.get(index - 1), bounds.get(index));
    }
    return weight;
  }

  private static double logarithm(Instant from, Instant to) {
    return Math.log1p(Math.max(0, Duration.between(from, to).toMillis()) / 1000.0);
  }

  /// Where a span begins, between 0 and 1.
  double start(int span) {
    return starts[span];
  }

  double width(int span) {
    return starts[span + 1] - starts[span];
  }

  /// Between 0 and 1; what lies outside is at the nearer end.
  double at(Instant time) {
    int index = 0;
    while (index < stretches.size() - 1 && !time.isBefore(stretches.get(index).to())) {
      index++;
    }
    Stretch stretch = stretches.get(index);
    double length = logarithm(stretch.from(), stretch.to());
    double within = length <= 0 ? 0 : Math.min(1, logarithm(stretch.from(), time) / length);
    return stretch.start() + stretch.width() * within;
  }
}
