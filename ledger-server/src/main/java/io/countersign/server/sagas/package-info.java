/// Work in steps that is carried to its end or back, whatever dies in between: definition, log and
/// runner. Knows no feature. Only this package writes schema `sagas`.
@ApplicationModule(allowedDependencies = {"api", "audit", "outbox", "accounts", "database"})
@NullMarked
package io.countersign.server.sagas;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
