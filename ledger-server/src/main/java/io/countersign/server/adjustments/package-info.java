/// Proposals that become journal transactions when somebody else approves them: adjustments, and
/// reversals that a person asks for. Only this package writes schema `adjustments`.
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
