package io.countersign.model.identity;

/// What a person or an API client may do on a ledger.
public enum Role {
  INTEGRATOR,
  OPERATOR,
  APPROVER,
  AUDITOR,
  ADMIN
}
