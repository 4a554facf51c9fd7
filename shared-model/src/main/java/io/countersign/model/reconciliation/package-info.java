/// Sources, statements, matches and exceptions (`docs/api.md`, section 8).
@NullMarked
package io.countersign.model.reconciliation;

import org.jspecify.annotations.NullMarked;
