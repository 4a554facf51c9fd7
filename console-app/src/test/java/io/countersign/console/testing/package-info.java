/// What the tests of the console stand on: a toolkit without a display, a stand-in server, and
/// photographs.
@NullMarked
package io.countersign.console.testing;

import org.jspecify.annotations.NullMarked;
