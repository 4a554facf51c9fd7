/// What needs a hand now, and what has just changed, for those who look after the books. Reads
/// other features and changes none.
@ApplicationModule(
    allowedDependencies = {
      "api",
      "outbox",
      "accounts",
      "journal",
      "seals",
      "payments",
      "reconciliation",
      "database"
    })
@NullMarked
package io.countersign.server.overview;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
