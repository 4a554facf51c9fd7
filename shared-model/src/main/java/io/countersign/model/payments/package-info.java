/// Payments, refunds and the sagas that carry them (`docs/api.md`, section 6).
@NullMarked
package io.countersign.model.payments;

import org.jspecify.annotations.NullMarked;
