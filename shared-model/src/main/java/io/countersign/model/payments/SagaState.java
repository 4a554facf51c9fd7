package io.countersign.model.payments;

import io.countersign.model.WireName;

/// How far a saga has come.
public enum SagaState implements WireName {
  RUNNING,
  STUCK,
  DONE,
  UNDONE
}
