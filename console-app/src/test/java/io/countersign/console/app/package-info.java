/// Tests of the window and of what holds for all screens.
@NullMarked
package io.countersign.console.app;

import org.jspecify.annotations.NullMarked;
