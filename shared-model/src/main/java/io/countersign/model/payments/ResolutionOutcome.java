package io.countersign.model.payments;

import io.countersign.model.WireName;

/// What a person says became of a charge that the provider is silent about.
public enum ResolutionOutcome implements WireName {
  SUCCEEDED,
  DECLINED
}
