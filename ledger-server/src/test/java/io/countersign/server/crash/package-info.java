/// A server that is killed at every boundary of what it does.
@NullMarked
package io.countersign.server.crash;

import org.jspecify.annotations.NullMarked;
