package io.countersign.console.payments;

/// Who acts, one line each in the picture of a payment, from top to bottom.
enum Lane {
  /// What we sent the provider, and what it answered.
  PROVIDER("Provider"),
  /// Questions about it while it was unknown.
  CHECKS("Checks"),
  /// What the provider called back with.
  WEBHOOKS("Webhooks"),
  PEOPLE("People"),
  /// What was posted.
  BOOKS("Books"),
  REFUNDS("Refunds");

  private final String words;

  Lane(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
