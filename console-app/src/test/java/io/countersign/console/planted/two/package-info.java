/// A screen that another one knows, against the rules.
@NullMarked
package io.countersign.console.planted.two;

import org.jspecify.annotations.NullMarked;
