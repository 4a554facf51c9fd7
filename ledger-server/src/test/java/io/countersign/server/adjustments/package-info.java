@NullMarked
package io.countersign.server.adjustments;

import org.jspecify.annotations.NullMarked;
