/// Webhook endpoints: who is told of what, the calls themselves, their order and their retries.
@NullMarked
package io.countersign.server.outbox.delivery;

import org.jspecify.annotations.NullMarked;
