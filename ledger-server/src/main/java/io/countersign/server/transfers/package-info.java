/// Transfers between ledgers: a saga of two balanced transactions through clearing accounts, each
/// committed in its own ledger alone. Only this package writes schema `transfers`.
@ApplicationModule(
    allowedDependencies = {
      "api",
      "audit",
      "outbox",
      "accounts",
      "idempotency",
      "journal",
      "sagas",
      "database"
    })
@NullMarked
package io.countersign.server.transfers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
