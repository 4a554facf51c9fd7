/// Transactions and their entries (`docs/api.md`, section 5).
@NullMarked
package io.countersign.model.journal;

import org.jspecify.annotations.NullMarked;
