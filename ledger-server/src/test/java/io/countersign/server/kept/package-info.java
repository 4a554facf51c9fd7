/// The databases of earlier versions, kept as test inputs, and the small history that fills one.
@NullMarked
package io.countersign.server.kept;

import org.jspecify.annotations.NullMarked;
