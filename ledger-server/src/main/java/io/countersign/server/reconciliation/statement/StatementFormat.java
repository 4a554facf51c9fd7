package io.countersign.server.reconciliation.statement;

/// The formats that are recognised from a file's content.
public enum StatementFormat {
  CAMT_053("camt.053"),
  MT940("mt940"),
  BAI2("bai2"),
  STRIPE("stripe"),
  ADYEN("adyen"),
  CSV("csv");

  private final String wireName;

  StatementFormat(String wireName) {
    this.wireName = wireName;
  }

  /// The name in the HTTP contract.
  public String wireName() {
    return wireName;
  }
}
