/// Tests of the journal's screen.
@NullMarked
package io.countersign.console.journal;

import org.jspecify.annotations.NullMarked;
