package io.countersign.console.payments;

import io.countersign.console.payments.PaymentStory.Mark;
import io.countersign.console.payments.PaymentStory.Moment;
import io.countersign.console.payments.PaymentStory.Span;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.IdLinks;
import io.countersign.console.ui.Words;
import io.countersign.model.payments.Payment;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/// What the picture of a payment says to those who read.
final class StoryWords {

  private final Amounts amounts;
  private final Days days;

  StoryWords(Amounts amounts, Days days) {
    this.amounts = amounts;
    this.days = days;
  }

  /// The one thing to know about it.
  String headline(PaymentStory story) {
    Payment payment = story.payment();
    return switch (payment.state()) {
      case CREATED -> "Not sent yet: " + payment.provider() + " is not being asked at the moment.";
      case SUBMITTED ->
          "Sent to "
              + payment.provider()
              + "; for "
              + Days.span(story.spans().getLast().length())
              + " there has been no answer.";
      case PENDING_CONFIRMATION -> unknown(story);
      case SUCCEEDED -> "Charged and in the books" + silence(story) + ".";
      case DECLINED ->
          "Not charged"
              + (payment.declineCode() == null
                  ? ""
                  : ": " + Words.sentence(payment.declineCode()).toLowerCase(java.util.Locale.ROOT))
              + silence(story)
              + ".";
      case PARTIALLY_REFUNDED ->
          "Charged; "
              + amounts.text(payment.refundedAmount())
              + " of "
              + amounts.text(payment.amount())
              + " went back.";
      case REFUNDED -> "Charged, and all of it went back.";
      case REVERSED -> "Charged, refused by the books, and given back to the card.";
    };
  }

  private static String unknown(PaymentStory story) {
    if (story.has(Happening.REVERSAL_DECLINED)) {
      return "Charged, refused by the books, and the provider will not give it back: somebody has"
          + " to decide.";
    }
    if (story.has(Happening.POSTING_REFUSED)) {
      return "Charged and refused by the books; it is not known yet whether the card has its money"
          + " back.";
    }
    return "For " + Days.span(story.unknown()) + " nobody has known whether the card was charged.";
  }

  private static String silence(PaymentStory story) {
    Duration unknown = story.unknown();
    return story.has(Happening.PARKED) ? ", after " + Days.span(unknown) + " of not knowing" : "";
  }

  String mark(Mark mark) {
    if (mark.moments().size() == 1) {
      return moment(mark.last());
    }
    boolean alike = mark.moments().stream().map(Moment::words).distinct().count() == 1;
    String what =
        alike
            ? mark.last().words()
            : mark.moments().stream()
                .map(Moment::words)
                .distinct()
                .collect(Collectors.joining(", "));
    return mark.moments().size()
        + " × "
        + what
        + " · "
        + days.moment(mark.moments().getFirst().event().at())
        + " to "
        + days.moment(mark.last().event().at());
  }

  private String moment(Moment moment) {
    String detail = moment.event().detail();
    return moment.words()
        + " · "
        + days.moment(moment.event().at())
        + " · "
        + moment.event().by()
        + (detail == null || detail.isBlank() ? "" : " · " + IdLinks.shortened(detail));
  }

  String span(Span span) {
    return Words.of(span.state())
        + " for "
        + Days.span(span.length())
        + ", from "
        + days.moment(span.from())
        + (span.isUnknown() ? ": unknown whether charged" : "");
  }

  /// The whole picture, for those who do not see it.
  String all(PaymentStory story) {
    Instant next = story.nextCheckAt();
    int last = story.spans().size() - 1;
    return headline(story)
        + " "
        + story.spans().subList(0, last).stream()
            .map(span -> span(span) + ". ")
            .collect(Collectors.joining())
        + (story.payment().state().isFinal()
            ? Words.of(story.spans().get(last).state())
                + " since "
                + days.moment(story.spans().get(last).from())
                + ". "
            : span(story.spans().get(last)) + ". ")
        + (story.payment().checks() > 0 ? story.payment().checks() + " checks so far. " : "")
        + (next == null ? "" : "Next check " + days.moment(next) + ".");
  }
}
