package io.countersign.server.reconciliation.statement;

/// Why a statement is quarantined, in words a person can act on.
///
/// @param code names the kind, for programs
public record StatementProblem(String code, String detail) {

  public static final String DOES_NOT_ADD_UP = "does-not-add-up";
  public static final String NET_DIFFERS = "net-differs";
  public static final String PAYOUT_DIFFERS = "payout-differs";
  public static final String CONTROL_TOTAL_DIFFERS = "control-total-differs";
  public static final String AMOUNT_TOO_FINE = "amount-too-fine";
  public static final String MIXED_CURRENCIES = "mixed-currencies";
  public static final String NOT_CHAINED = "not-chained";
  public static final String FOREIGN_ACCOUNT = "foreign-account";
}
