/// Transfers between ledgers (`docs/api.md`, section 6).
@NullMarked
package io.countersign.model.transfers;

import org.jspecify.annotations.NullMarked;
