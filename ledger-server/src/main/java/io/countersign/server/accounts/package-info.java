/// Ledgers and their charts of accounts. Freezing and closing an account live in the journal: they
/// need its gate. Only this package writes schema `accounts`.
@ApplicationModule(allowedDependencies = {"api", "audit", "outbox", "database"})
@NullMarked
package io.countersign.server.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
