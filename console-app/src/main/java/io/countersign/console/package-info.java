/// Where the console starts. Uses app.
@NullMarked
package io.countersign.console;

import org.jspecify.annotations.NullMarked;
