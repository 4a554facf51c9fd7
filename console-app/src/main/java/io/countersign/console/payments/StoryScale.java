package io.countersign.console.payments;

import io.countersign.console.payments.PaymentStory.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Where a time stands on the axis of a payment's picture. A payment is sent within milliseconds
/// and may then be unknown for days, and checks come ever more slowly: so each span is as wide as
/// the logarithm of its length, and so is time within it. None is too narrow to be seen.
final class StoryScale {

  // In logarithms of seconds: the least width is that of five, the rest grows with the length.
  private static final double LEAST = 5;

  private final List<Span> spans;
  private final double whole;

  StoryScale(List<Span> spans) {
    this.spans = spans;
    this.whole = spans.stream().mapToDouble(StoryScale::weight).sum();
  }

  private static double weight(Span span) {
    return LEAST + logarithm(span.length());
  }

  private static double logarithm(Duration length) {
    return Math.log1p(Math.max(0, length.toMillis()) / 1000.0);
  }

  /// Where a span begins, between 0 and 1.
  double start(int index) {
    return spans.subList(0, index).stream().mapToDouble(StoryScale::weight).sum() / whole;
  }

  double width(int index) {
    return weight(spans.get(index)) / whole;
  }

  /// Between 0 and 1; what lies outside is at the nearer end.
  double at(Instant time) {
    int index = 0;
    while (index < spans.size() - 1 && !time.isBefore(spans.get(index).to())) {
      index++;
    }
    Span span = spans.get(index);
    double length = logarithm(span.length());
    double gone = logarithm(Duration.between(span.from(), time));
    double within = length <= 0 ? 0 : Math.min(1, gone / length);
    return start(index) + width(index) * within;
  }
}
