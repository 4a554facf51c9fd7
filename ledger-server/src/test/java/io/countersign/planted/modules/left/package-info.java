@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.countersign.planted.modules.left;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
