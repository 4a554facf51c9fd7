/// Exports: files with what the books hold, as of a sequence, with a signed manifest and a proof
/// that ties them to the seals. Reads other features and changes none. Only this package writes
/// schema `export`.
@ApplicationModule(
    allowedDependencies = {
      "api",
      "audit",
      "accounts",
      "idempotency",
      "journal",
      "seals",
      "database"
    })
@NullMarked
package io.countersign.server.export;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
