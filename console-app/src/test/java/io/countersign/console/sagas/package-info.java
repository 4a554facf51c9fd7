/// Tests of the sagas screen.
@NullMarked
package io.countersign.console.sagas;

import org.jspecify.annotations.NullMarked;
