/// Who did what, kept for ever and written in the transaction of what was done. Only this package
/// writes schema `audit`.
@ApplicationModule(allowedDependencies = {"api", "database"})
@NullMarked
package io.countersign.server.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
