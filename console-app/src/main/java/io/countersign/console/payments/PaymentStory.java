package io.countersign.console.payments;

import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.PaymentState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What happened to a payment, as a picture tells it: the states it was in along time, and who did
/// what in between.
///
/// @param now when it is told: how far what is still going on has come
/// @param moments every event, in its order
/// @param refunds how long each took
record PaymentStory(
    Payment payment,
    Instant now,
    List<Span> spans,
    List<Moment> moments,
    List<RefundSpan> refunds) {

  /// A state that lasted.
  record Span(PaymentState state, Instant from, Instant to) {

    /// Whether nobody knew all that time if the card was charged.
    boolean isUnknown() {
      return state == PaymentState.SUBMITTED || state == PaymentState.PENDING_CONFIRMATION;
    }

    Duration length() {
      return Duration.between(from, to);
    }
  }

  /// @param lane null for what no mark stands for
  record Moment(PaymentEvent event, Happening happening, @Nullable Lane lane, String words) {}

  /// @param open whether nobody knows yet how it ends
  record RefundSpan(Instant from, Instant to, boolean open) {}

  /// What stands at one place of a lane: one moment, or several too close to be told apart.
  record Mark(Lane lane, List<Moment> moments) {

    /// Where it stands.
    Instant at() {
      return moments.getFirst().event().at();
    }

    Moment last() {
      return moments.getLast();
    }
  }

  // Each takes room from the others.
  private static final int ANEW_MAX = 4;

  private static final Pattern REFUND = Pattern.compile("ref_[0-9a-f-]{36}");

  PaymentStory {
    spans = List.copyOf(spans);
    moments = List.copyOf(moments);
    refunds = List.copyOf(refunds);
  }

  static PaymentStory of(Payment payment, List<PaymentEvent> events, Instant now) {
    List<Moment> moments =
        events.stream()
            .map(
                event -> {
                  Happening happening = Happening.of(event.type());
                  return new Moment(
                      event,
                      happening,
                      happening.lane(event, payment.provider()),
                      happening.words(event, payment.provider()));
                })
            .toList();
    Instant last = events.isEmpty() ? payment.createdAt() : events.getLast().at();
    Instant end = payment.state().isFinal() || now.isBefore(last) ? last : now;
    return new PaymentStory(
        payment, now, spans(payment, events, end), moments, refunds(moments, now));
  }

  private static List<Span> spans(Payment payment, List<PaymentEvent> events, Instant end) {
    List<Span> spans = new ArrayList<>();
    PaymentState state = PaymentState.CREATED;
    Instant from = payment.createdAt();
    for (PaymentEvent event : events) {
      PaymentState next = event.to();
      if (next != null && next != state) {
        spans.add(new Span(state, from, event.at()));
        state = next;
        from = event.at();
      }
    }
    spans.add(new Span(state, from, end.isBefore(from) ? from : end));
    return spans;
  }

  private static List<RefundSpan> refunds(List<Moment> moments, Instant now) {
    Map<String, RefundSpan> spans = new LinkedHashMap<>();
    for (Moment moment : moments) {
      String detail = Objects.requireNonNullElse(moment.event().detail(), "");
      Matcher named = REFUND.matcher(detail);
      if (moment.lane() == Lane.REFUNDS && named.find()) {
        boolean open =
            moment.happening() != Happening.REFUNDED
                && moment.happening() != Happening.REFUND_DECLINED;
        Instant at = moment.event().at();
        RefundSpan before = spans.getOrDefault(named.group(), new RefundSpan(at, at, true));
        spans.put(named.group(), new RefundSpan(before.from(), open ? now : at, open));
      }
    }
    return List.copyOf(spans.values());
  }

  /// When the provider is asked next; null when it is not.
  @Nullable Instant nextCheckAt() {
    return payment.state().isFinal() ? null : payment.nextCheckAt();
  }

  List<Lane> lanes() {
    return java.util.Arrays.stream(Lane.values())
        .filter(
            lane ->
                moments.stream().anyMatch(moment -> moment.lane() == lane)
                    || (lane == Lane.CHECKS && nextCheckAt() != null))
        .toList();
  }

  /// @param least how much of the whole each span takes at least, so that its name can be read
  StoryScale scale(List<Double> least) {
    return new StoryScale(
        spans,
        moments.stream()
            .filter(moment -> moment.happening().beginsAnew())
            .map(moment -> moment.event().at())
            .limit(ANEW_MAX)
            .toList(),
        least);
  }

  /// @param resolution how far apart two marks must stand to be told apart, of the whole
  List<Mark> marks(StoryScale scale, double resolution) {
    List<Mark> marks = new ArrayList<>();
    for (Lane lane : lanes()) {
      List<Moment> together = new ArrayList<>();
      double first = 0;
      for (Moment moment : moments) {
        if (moment.lane() != lane) {
          continue;
        }
        double at = scale.at(moment.event().at());
        if (!together.isEmpty() && at - first >= resolution) {
          marks.add(new Mark(lane, List.copyOf(together)));
          together.clear();
        }
        if (together.isEmpty()) {
          first = at;
        }
        together.add(moment);
      }
      if (!together.isEmpty()) {
        marks.add(new Mark(lane, List.copyOf(together)));
      }
    }
    return marks;
  }

  boolean has(Happening happening) {
    return moments.stream().anyMatch(moment -> moment.happening() == happening);
  }

  /// How long nobody knew, all such times together.
  Duration unknown() {
    return spans.stream()
        .filter(Span::isUnknown)
        .map(Span::length)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
