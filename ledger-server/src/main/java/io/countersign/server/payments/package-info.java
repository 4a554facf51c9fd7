/// Payments and refunds through providers, up to their confirmation. Only this package writes
/// schema `payments`.
@ApplicationModule(
    allowedDependencies = {
      "api",
      "audit",
      "outbox",
      "accounts",
      "journal",
      "idempotency",
      "sagas",
      "security",
      "approvals",
      "database"
    })
@NullMarked
package io.countersign.server.payments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
