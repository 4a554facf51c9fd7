package io.countersign.console.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.countersign.console.payments.PaymentStory.Mark;
import io.countersign.console.payments.PaymentStory.Span;
import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.DemoWork;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.PaymentState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaymentStoryTest {

  private static final Payment PARKED = DemoWork.payment(1);
  private static final Payment SUCCEEDED = DemoWork.payment(2);
  private static final Instant START = PARKED.createdAt();

  private final StoryWords words =
      new StoryWords(new Amounts(Locale.UK), new Days(DemoBooks.CLOCK, Locale.UK));
  private final List<PaymentEvent> events = new ArrayList<>();

  private PaymentStoryTest at(
      Duration since, String type, @Nullable PaymentState to, String by, @Nullable String detail) {
    events.add(new PaymentEvent(events.size() + 1L, START.plus(since), type, null, to, by, detail));
    return this;
  }

  private PaymentStoryTest parked() {
    return at(Duration.ZERO, "created", PaymentState.CREATED, "integrator", null)
        .at(Duration.ofMillis(40), "submitted", PaymentState.SUBMITTED, "system", null)
        .at(
            Duration.ofSeconds(9),
            "parked",
            PaymentState.PENDING_CONFIRMATION,
            "system",
            "no answer");
  }

  private PaymentStory told(Payment payment, Duration after) {
    return PaymentStory.of(payment, events, START.plus(after));
  }

  @Test
  void what_nobody_knows_lasts_until_now_and_is_marked_as_unknown() {
    PaymentStory story = parked().told(PARKED, Duration.ofHours(3));

    assertThat(story.spans())
        .extracting(Span::state)
        .containsExactly(
            PaymentState.CREATED, PaymentState.SUBMITTED, PaymentState.PENDING_CONFIRMATION);
    assertThat(story.spans()).extracting(Span::isUnknown).containsExactly(false, true, true);
    assertThat(story.spans().getLast().to()).isEqualTo(START.plus(Duration.ofHours(3)));
    assertThat(words.headline(story))
        .isEqualTo("For 2 h 59 min nobody has known whether the card was charged.");
    assertThat(words.all(story))
        .contains("Submitted for 8 s", "unknown whether charged", "6 checks so far", "Next check");
  }

  @Test
  void a_webhook_a_check_and_a_person_stand_in_lanes_of_their_own() {
    PaymentStory story =
        parked()
            .at(Duration.ofSeconds(11), "checked", null, "system", "no such charge so far")
            .at(Duration.ofSeconds(60), "note", null, "olga", "Called them.")
            .at(Duration.ofSeconds(70), "charged", null, "sandbox", "provider reference x")
            .at(Duration.ofSeconds(70), "succeeded", PaymentState.SUCCEEDED, "system", "posted")
            .told(SUCCEEDED, Duration.ofHours(3));

    assertThat(story.lanes())
        .containsExactly(Lane.PROVIDER, Lane.CHECKS, Lane.WEBHOOKS, Lane.PEOPLE, Lane.BOOKS);
    assertThat(story.moments().get(5).words()).isEqualTo("Webhook: charged");
    assertThat(words.headline(story))
        .isEqualTo("Charged and in the books, after 1 min 9 s of not knowing.");
    assertThat(story.spans().getLast().length()).as("what is over does not grow").isZero();
  }

  @Test
  void a_decline_that_people_decided_is_not_put_into_the_providers_mouth() {
    PaymentStory story =
        parked()
            .at(Duration.ofHours(1), "resolution_proposed", null, "olga", "declined: no charge")
            .at(Duration.ofHours(2), "declined", PaymentState.DECLINED, "dana", "resolved")
            .told(SUCCEEDED, Duration.ofHours(3));

    assertThat(story.moments().getLast().lane()).isEqualTo(Lane.PEOPLE);
    assertThat(story.moments().getLast().words()).isEqualTo("Decided: not charged");
  }

  @Test
  void hundreds_of_checks_become_few_marks_that_count_them() {
    parked();
    for (int check = 1; check <= 600; check++) {
      at(Duration.ofMinutes(2L * check), "checked", null, "system", "the lookup timed out");
    }
    PaymentStory story = told(PARKED, Duration.ofHours(21));
    StoryScale scale = story.scale(List.of());
    List<Mark> marks =
        story.marks(scale, 0.05).stream().filter(mark -> mark.lane() == Lane.CHECKS).toList();

    assertThat(marks).hasSizeBetween(3, 20);
    assertThat(marks.stream().mapToInt(mark -> mark.moments().size()).sum()).isEqualTo(600);
    for (int index = 1; index < marks.size(); index++) {
      assertThat(scale.at(marks.get(index).at()) - scale.at(marks.get(index - 1).at()))
          .isGreaterThanOrEqualTo(0.05);
    }
    assertThat(words.mark(marks.getLast())).contains(" × Checked: still unknown");
  }

  @Test
  void milliseconds_and_days_can_both_be_seen_in_their_order() {
    PaymentStory story = parked().told(PARKED, Duration.ofDays(9));
    StoryScale scale = story.scale(List.of());

    assertThat(scale.width(0)).isGreaterThan(0.1);
    assertThat(scale.width(2)).isBetween(0.4, 0.7);
    assertThat(scale.start(2) + scale.width(2)).isCloseTo(1, within(1e-9));
    double before = -1;
    for (Duration since :
        List.of(
            Duration.ZERO,
            Duration.ofMillis(40),
            Duration.ofSeconds(9),
            Duration.ofSeconds(11),
            Duration.ofMinutes(5),
            Duration.ofDays(8),
            Duration.ofDays(9))) {
      double at = scale.at(START.plus(since));
      assertThat(at).isBetween(0.0, 1.0).isGreaterThan(before);
      before = at;
    }
    assertThat(scale.at(START.minusSeconds(5))).isZero();
    assertThat(scale.at(START.plus(Duration.ofDays(30)))).isCloseTo(1, within(1e-9));
  }

  @Test
  void every_span_is_wide_enough_for_its_name_where_there_is_room() {
    PaymentStory story = parked().told(PARKED, Duration.ofDays(9));

    StoryScale roomy = story.scale(List.of(0.3, 0.3, 0.3));
    assertThat(roomy.width(0)).isGreaterThan(0.3);
    assertThat(roomy.start(2) + roomy.width(2)).isCloseTo(1, within(1e-9));
    assertThat(story.scale(List.of(0.5, 0.5, 0.5)).width(0))
        .as("what does not fit is left as it was")
        .isEqualTo(story.scale(List.of()).width(0));
  }

  @Test
  void what_people_begin_after_days_is_not_squeezed_into_the_end() {
    PaymentStory story =
        parked()
            .at(Duration.ofHours(71), "resolution_proposed", null, "olga", "succeeded: seen")
            .at(Duration.ofHours(73), "note", null, "dana", "I look at it.")
            .told(PARKED, Duration.ofHours(74));
    StoryScale scale = story.scale(List.of());

    assertThat(scale.at(START.plus(Duration.ofHours(71)))).isLessThan(0.8);
    assertThat(story.marks(scale, 0.06).stream().filter(mark -> mark.lane() == Lane.PEOPLE))
        .hasSize(2);
  }

  @Test
  void a_refund_lasts_from_the_wish_to_the_answer_and_is_open_until_then() {
    String refund = "ref_" + DemoWork.paymentId(3).uuid();
    parked()
        .at(Duration.ofMinutes(1), "refund_wished", null, "olga", refund + " of 5.00 EUR: cold");
    assertThat(told(PARKED, Duration.ofHours(1)).refunds())
        .containsExactly(
            new PaymentStory.RefundSpan(
                START.plus(Duration.ofMinutes(1)), START.plus(Duration.ofHours(1)), true));

    at(Duration.ofMinutes(9), "refund_declined", null, "system", refund + ": not charged");
    assertThat(told(PARKED, Duration.ofHours(1)).refunds())
        .containsExactly(
            new PaymentStory.RefundSpan(
                START.plus(Duration.ofMinutes(1)), START.plus(Duration.ofMinutes(9)), false));
  }

  @Test
  void an_event_of_a_type_not_known_yet_is_shown_under_its_own_name() {
    PaymentStory story =
        parked()
            .at(Duration.ofSeconds(10), "dispute_opened", null, "system", null)
            .told(PARKED, Duration.ofHours(1));
    assertThat(story.moments().getLast().words()).isEqualTo("Dispute opened");
    assertThat(story.moments().getLast().lane()).isEqualTo(Lane.PROVIDER);
  }

  @Test
  void what_the_books_refused_is_not_called_unknown_whether_charged() {
    PaymentStory story =
        parked()
            .at(Duration.ofSeconds(20), "charged", null, "system", "x")
            .at(
                Duration.ofSeconds(20),
                "posting_refused",
                PaymentState.PENDING_CONFIRMATION,
                "system",
                "frozen")
            .told(PARKED, Duration.ofHours(1));
    assertThat(words.headline(story))
        .isEqualTo(
            "Charged and refused by the books; it is not known yet whether the card has its money"
                + " back.");
  }
}
