/// The books: appending transactions, balances, holds, and what freezes an account. Only this
/// package writes schema `journal`.
@ApplicationModule(
    allowedDependencies = {"api", "audit", "outbox", "accounts", "idempotency", "database"})
@NullMarked
package io.countersign.server.journal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
