/// Events to be told outside, stored with the effect that they tell of. Only this package writes
/// schema `outbox`.
@ApplicationModule(allowedDependencies = {"api", "database"})
@NullMarked
package io.countersign.server.outbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
