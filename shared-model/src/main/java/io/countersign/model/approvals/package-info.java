/// Proposals, their decisions, and adjustments (`docs/api.md`, section 7).
@NullMarked
package io.countersign.model.approvals;

import org.jspecify.annotations.NullMarked;
