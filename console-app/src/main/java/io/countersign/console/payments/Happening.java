package io.countersign.console.payments;

import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.payments.PaymentEvent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// What the events of a payment mean to people: where each is marked, with which sign, in which
/// words. The types are the server's; one that it adds later is shown under its own name.
enum Happening {
  CREATED("created", null, Feather.FILE_PLUS, Tone.PLAIN, "Created"),
  SUBMITTED("submitted", Lane.PROVIDER, Feather.SEND, Tone.PLAIN, "Sent to the provider"),
  SENT_AGAIN(
      "sent_again", Lane.PROVIDER, Feather.SEND, Tone.WAITING, "Sent again under the same key"),
  PARKED("parked", Lane.PROVIDER, Feather.HELP_CIRCLE, Tone.WAITING, "No answer: parked"),
  CHECKED("checked", Lane.CHECKS, Feather.HELP_CIRCLE, Tone.WAITING, "Checked: still unknown"),
  CHECK_ASKED("check_asked", Lane.PEOPLE, Feather.SEARCH, Tone.PLAIN, "Check asked for"),
  CHARGED("charged", Lane.PROVIDER, Feather.CHECK_CIRCLE, Tone.GOOD, "Provider: charged"),
  DECLINED("declined", Lane.PROVIDER, Feather.X_CIRCLE, Tone.BAD, "Provider: not charged"),
  AMOUNT_DIFFERS(
      "amount_differs",
      Lane.PROVIDER,
      Feather.ALERT_TRIANGLE,
      Tone.BAD,
      "Provider: another amount, not believed"),
  LATE_SUCCESS(
      "late_success",
      Lane.PROVIDER,
      Feather.ALERT_TRIANGLE,
      Tone.BAD,
      "Provider, too late: charged after all"),
  LATE_DECLINE(
      "late_decline",
      Lane.PROVIDER,
      Feather.ALERT_TRIANGLE,
      Tone.BAD,
      "Provider, too late: not charged after all"),
  REVERSED("reversed", Lane.PROVIDER, Feather.CORNER_UP_LEFT, Tone.BAD, "Given back to the card"),
  REVERSAL_DECLINED(
      "reversal_declined",
      Lane.PROVIDER,
      Feather.X_CIRCLE,
      Tone.BAD,
      "Provider: refuses to give the money back"),
  NOTE("note", Lane.PEOPLE, Feather.MESSAGE_SQUARE, Tone.PLAIN, "Note"),
  ASSIGNED("assigned", Lane.PEOPLE, Feather.USER, Tone.PLAIN, "Assigned"),
  RESOLUTION_PROPOSED(
      "resolution_proposed", Lane.PEOPLE, Feather.EDIT_3, Tone.WAITING, "Resolution proposed"),
  RESOLVED("resolved", Lane.PEOPLE, Feather.USER_CHECK, Tone.GOOD, "Decided: charged"),
  SUCCEEDED("succeeded", Lane.BOOKS, Feather.BOOK_OPEN, Tone.GOOD, "Charge posted"),
  POSTING_REFUSED(
      "posting_refused", Lane.BOOKS, Feather.X_OCTAGON, Tone.BAD, "The books refused the charge"),
  REFUND_ASKED(
      "refund_asked", Lane.REFUNDS, Feather.CORNER_UP_LEFT, Tone.PLAIN, "Refund asked for"),
  REFUND_PROPOSED("refund_proposed", Lane.REFUNDS, Feather.EDIT_3, Tone.WAITING, "Refund proposed"),
  REFUND_WISHED("refund_wished", Lane.REFUNDS, Feather.BOOKMARK, Tone.WAITING, "Refund if charged"),
  REFUND_APPROVED(
      "refund_approved", Lane.REFUNDS, Feather.USER_CHECK, Tone.PLAIN, "Refund approved"),
  REFUND_PARKED(
      "refund_parked", Lane.REFUNDS, Feather.HELP_CIRCLE, Tone.WAITING, "Refund: no answer"),
  REFUND_CHECKED(
      "refund_checked",
      Lane.REFUNDS,
      Feather.HELP_CIRCLE,
      Tone.WAITING,
      "Refund checked: still unknown"),
  REFUND_DECLINED("refund_declined", Lane.REFUNDS, Feather.X_CIRCLE, Tone.BAD, "Refund declined"),
  REFUNDED("refunded", Lane.REFUNDS, Feather.CHECK_CIRCLE, Tone.GOOD, "Refunded and posted"),
  OTHER("", Lane.PROVIDER, Feather.INFO, Tone.PLAIN, "");

  private static final String SYSTEM = "system";

  private final String type;
  private final @Nullable Lane lane;
  private final Feather ikon;
  private final Tone tone;
  private final String words;

  Happening(String type, @Nullable Lane lane, Feather ikon, Tone tone, String words) {
    this.type = type;
    this.lane = lane;
    this.ikon = ikon;
    this.tone = tone;
    this.words = words;
  }

  static Happening of(String type) {
    return Arrays.stream(values())
        .filter(known -> known.type.equals(type))
        .findFirst()
        .orElse(OTHER);
  }

  Ikon ikon() {
    return ikon;
  }

  Tone tone() {
    return tone;
  }

  /// Whether it says nothing that the one before it did not say, so that many are shown as one.
  boolean isRepetitive() {
    return this == CHECKED || this == REFUND_CHECKED;
  }

  /// Whether people begin something with it that has a course of its own.
  boolean beginsAnew() {
    return switch (this) {
      case RESOLUTION_PROPOSED, REFUND_ASKED, REFUND_PROPOSED, REFUND_WISHED -> true;
      default -> false;
    };
  }

  /// @param provider whose own word is a webhook
  /// @return null for what no mark stands for
  @Nullable Lane lane(PaymentEvent event, String provider) {
    if (lane != Lane.PROVIDER) {
      return lane;
    }
    if (event.by().equals(provider) && this != REVERSAL_DECLINED) {
      return Lane.WEBHOOKS;
    }
    return event.by().equals(SYSTEM) || this != DECLINED ? Lane.PROVIDER : Lane.PEOPLE;
  }

  String words(PaymentEvent event, String provider) {
    if (this == OTHER) {
      return Words.sentence(event.type());
    }
    Lane shown = lane(event, provider);
    if (this == DECLINED && shown == Lane.PEOPLE) {
      return "Decided: not charged";
    }
    return shown == Lane.WEBHOOKS ? words.replace("Provider", "Webhook") : words;
  }
}
