/// PostgreSQL itself: the embedded one, migrations, and how a writing transaction begins. Knows no
/// feature.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.countersign.server.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
