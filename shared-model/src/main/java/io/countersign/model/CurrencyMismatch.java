package io.countersign.model;

/// Two amounts of different currencies were put together; there is no exchange in the books.
public final class CurrencyMismatch extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public CurrencyMismatch(Money one, Money other) {
    super(one + " and " + other + " are of different currencies");
  }
}
