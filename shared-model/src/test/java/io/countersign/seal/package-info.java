@NullMarked
package io.countersign.seal;

import org.jspecify.annotations.NullMarked;
