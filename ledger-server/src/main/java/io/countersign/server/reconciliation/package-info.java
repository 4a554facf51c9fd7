/// Reconciliation: statements of banks and acquirers against the books. Files are read, what does
/// not add up is quarantined, lines are matched with transactions by reference, and what is left
/// over becomes exceptions for people. A safety net: it posts what two people decided about an
/// exception.
///
/// `statement/` reads files, `matching/` holds the rules, `cases/` the exceptions. Only this
/// package writes schema `reconciliation`.
@ApplicationModule(
    allowedDependencies = {
      "api",
      "audit",
      "outbox",
      "accounts",
      "idempotency",
      "journal",
      "payments",
      "approvals",
      "adjustments",
      "database"
    })
@NullMarked
package io.countersign.server.reconciliation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
