package io.countersign.console.payments;

import io.countersign.model.WireName;

/// How old a payment must be at least to be listed.
public enum PaymentAge implements WireName {
  AN_HOUR("PT1H", "Older than an hour"),
  SIX_HOURS("PT6H", "Older than 6 hours"),
  A_DAY("P1D", "Older than a day"),
  A_WEEK("P7D", "Older than a week");

  private final String duration;
  private final String words;

  PaymentAge(String duration, String words) {
    this.duration = duration;
    this.words = words;
  }

  /// ISO 8601.
  @Override
  public String wire() {
    return duration;
  }

  String words() {
    return words;
  }
}
