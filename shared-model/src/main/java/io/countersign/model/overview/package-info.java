/// What needs a hand now: queues, and what changed.
@NullMarked
package io.countersign.model.overview;

import org.jspecify.annotations.NullMarked;
