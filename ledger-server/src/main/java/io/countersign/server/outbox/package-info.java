/// Events to be told outside, stored with the effect that they tell of, and delivered to webhook
/// endpoints at least once, in order per object.
///
/// `delivery/` sends them. Only this package writes schema `outbox`.
@ApplicationModule(allowedDependencies = {"api", "audit", "database"})
@NullMarked
package io.countersign.server.outbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
