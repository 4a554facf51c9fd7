package io.countersign.console.ui;

import io.countersign.model.WireName;

/// How old something must be at least to be listed.
public enum MinimumAge implements WireName {
  AN_HOUR("PT1H", "Older than an hour"),
  SIX_HOURS("PT6H", "Older than 6 hours"),
  A_DAY("P1D", "Older than a day"),
  A_WEEK("P7D", "Older than a week");

  private final String duration;
  private final String words;

  MinimumAge(String duration, String words) {
    this.duration = duration;
    this.words = words;
  }

  /// ISO 8601.
  @Override
  public String wire() {
    return duration;
  }

  public String words() {
    return words;
  }
}
