package io.countersign.server.reconciliation.statement;

/// What a three-digit type code of a detail record means for the account (BAI, Cash Management
/// Balance Reporting Specifications, version 2, appendix A).
enum Bai2Type {
  CREDIT,
  DEBIT,
  /// Says something about the account and moves no money.
  INFORMATION;

  static Bai2Type of(String code, Place place) {
    int number = code.matches("\\d{3}") ? Integer.parseInt(code) : 0;
    if (between(number, 100, 399) || between(number, 720, 759) || between(number, 920, 959)) {
      return CREDIT;
    }
    if (between(number, 400, 699) || between(number, 760, 799) || between(number, 960, 999)) {
      return DEBIT;
    }
    if (between(number, 890, 899)) {
      return INFORMATION;
    }
    throw place.unreadable(
        "The type code '"
            + Excerpt.of(code)
            + "' of this detail record is neither a credit (100 to 399) nor a debit (400 to 699)."
            + " Ask the bank for a correct file.");
  }

  private static boolean between(int number, int first, int last) {
    return number >= first && number <= last;
  }
}
