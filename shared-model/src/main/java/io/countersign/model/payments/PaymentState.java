package io.countersign.model.payments;

import io.countersign.model.WireName;

/// How far a payment has come.
public enum PaymentState implements WireName {
  CREATED,
  SUBMITTED,
  SUCCEEDED,
  DECLINED,
  PENDING_CONFIRMATION,
  PARTIALLY_REFUNDED,
  REFUNDED,
  REVERSED
}
