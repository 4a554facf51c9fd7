/// Adjustments: corrections that are proposed here and decided by somebody else. Uses ui and
/// client.
@NullMarked
package io.countersign.console.adjustments;

import org.jspecify.annotations.NullMarked;
