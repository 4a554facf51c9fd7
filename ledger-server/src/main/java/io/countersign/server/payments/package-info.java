/// Payments and refunds through providers, up to their confirmation. Only this package writes
/// schema `payments`.
@ApplicationModule(allowedDependencies = {"api", "database"})
@NullMarked
package io.countersign.server.payments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
