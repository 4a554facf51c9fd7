/// Webhooks: endpoints that events are sent to, and what became of each delivery.
@NullMarked
package io.countersign.model.webhooks;

import org.jspecify.annotations.NullMarked;
