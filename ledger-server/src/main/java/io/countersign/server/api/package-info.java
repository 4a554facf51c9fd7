/// What every endpoint shares: problems, paging, who calls, and the port through which an effect
/// happens once per idempotency key. Uses no other feature.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.countersign.server.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
