/// Sets of books, one per legal entity (`docs/api.md`, section 1).
@NullMarked
package io.countersign.model.ledgers;

import org.jspecify.annotations.NullMarked;
