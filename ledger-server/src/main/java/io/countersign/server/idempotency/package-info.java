/// Each key's first request, with its effect and answer in one commit. Only this package writes
/// schema `idempotency`.
@ApplicationModule(allowedDependencies = {"api", "audit", "outbox", "accounts", "database"})
@NullMarked
package io.countersign.server.idempotency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
