package io.countersign.model;

/// An amount that cannot be meant: an unknown currency, or a number that does not fit.
public final class InvalidMoney extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public InvalidMoney(String message) {
    super(message);
  }
}
