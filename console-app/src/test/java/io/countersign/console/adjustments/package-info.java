/// Tests of the adjustments screen.
@NullMarked
package io.countersign.console.adjustments;

import org.jspecify.annotations.NullMarked;
