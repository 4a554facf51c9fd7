/// Who may do what: people, API clients, sessions, keys, roles and limits, and the one table of
/// rights that every request passes. Only this package writes schema `security`.
@ApplicationModule(allowedDependencies = {"api", "audit", "outbox", "accounts", "database"})
@NullMarked
package io.countersign.server.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
