/// Tests of the exceptions screen.
@NullMarked
package io.countersign.console.exceptions;

import org.jspecify.annotations.NullMarked;
