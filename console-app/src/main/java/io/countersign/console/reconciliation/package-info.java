/// Reconciliation: sources, their statements and lines, files on their way in, runs of the matcher,
/// and the matches it made. Uses ui and client.
@NullMarked
package io.countersign.console.reconciliation;

import org.jspecify.annotations.NullMarked;
