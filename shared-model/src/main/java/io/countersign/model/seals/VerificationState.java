package io.countersign.model.seals;

import io.countersign.model.WireName;

/// What a verification has found so far.
public enum VerificationState implements WireName {
  RUNNING,
  INTACT,
  BROKEN
}
