package io.countersign.server.payments.provider;

/// The provider's own name for a charge or refund, as it stands in its settlement files.
public record ProviderReference(String value) {

  @Override
  public String toString() {
    return value;
  }
}
