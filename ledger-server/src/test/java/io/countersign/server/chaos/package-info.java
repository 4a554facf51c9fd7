/// Payments while everything around them fails.
@NullMarked
package io.countersign.server.chaos;

import org.jspecify.annotations.NullMarked;
