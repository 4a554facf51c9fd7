/// A screen that breaks the rules, so that they are seen to find it.
@NullMarked
package io.countersign.console.planted.one;

import org.jspecify.annotations.NullMarked;
