/// Payments: what is parked, what happened to each, and what a person can do about it. Uses ui and
/// client.
@NullMarked
package io.countersign.console.payments;

import org.jspecify.annotations.NullMarked;
