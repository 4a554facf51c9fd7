/// Tests of the reconciliation screen.
@NullMarked
package io.countersign.console.reconciliation;

import org.jspecify.annotations.NullMarked;
