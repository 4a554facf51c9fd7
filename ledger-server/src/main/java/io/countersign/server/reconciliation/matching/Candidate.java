package io.countersign.server.reconciliation.matching;

import java.time.temporal.ChronoUnit;

/// An entry that shares a reference with a line.
///
/// @param key the reference they share
/// @param inText whether it was found within the line's text, and not as a reference of its own
record Candidate(LineItem line, EntryItem entry, String key, boolean inText) {

  private static final int REFERENCE_SCORE = 90;
  private static final int TEXT_SCORE = 75;
  private static final int CLOSENESS_MAX = 10;

  boolean sameAccount() {
    return line.account().equals(entry.account());
  }

  boolean exact() {
    return sameAccount()
        && line.currency().equals(entry.currency())
        && line.minorUnits() == entry.minorUnits();
  }

  boolean sameDirection() {
    return Long.signum(line.minorUnits()) == Long.signum(entry.minorUnits());
  }

  /// 0–100. Among equal references and amounts, days decide.
  int score() {
    long days = Math.abs(ChronoUnit.DAYS.between(line.day(), entry.day()));
    int closeness = (int) Math.max(0, CLOSENESS_MAX - days);
    return (inText ? TEXT_SCORE : REFERENCE_SCORE) + closeness;
  }

  String reason() {
    return (inText ? "Reference " + key + " in the text" : "Reference " + key)
        + (exact() ? ", same amount" : ", another amount or account");
  }
}
