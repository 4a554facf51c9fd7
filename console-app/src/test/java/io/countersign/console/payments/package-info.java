/// Tests of the payments screen.
@NullMarked
package io.countersign.console.payments;

import org.jspecify.annotations.NullMarked;
