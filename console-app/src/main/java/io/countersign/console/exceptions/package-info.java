/// Exceptions of reconciliation: the work queue, both sides of one, and what explains it. Uses ui
/// and client.
@NullMarked
package io.countersign.console.exceptions;

import org.jspecify.annotations.NullMarked;
