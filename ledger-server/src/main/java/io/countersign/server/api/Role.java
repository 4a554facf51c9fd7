package io.countersign.server.api;

/// What a person or an API client may do on a ledger (`docs/api.md`, section 3).
public enum Role {
  INTEGRATOR,
  OPERATOR,
  APPROVER,
  AUDITOR,
  ADMIN
}
