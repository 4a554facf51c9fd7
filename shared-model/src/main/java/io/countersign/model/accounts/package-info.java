/// Accounts and what stands on them (`docs/api.md`, section 4).
@NullMarked
package io.countersign.model.accounts;

import org.jspecify.annotations.NullMarked;
