/// Proposals that change the journal when somebody else approves them: adjustments, reversals that
/// a person asks for, and the reopening of a closed month. Only this package writes schema
/// `adjustments`.
@ApplicationModule(
    allowedDependencies = {
      "api",
      "audit",
      "outbox",
      "accounts",
      "database",
      "journal",
      "security",
      "approvals"
    })
@NullMarked
package io.countersign.server.adjustments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
