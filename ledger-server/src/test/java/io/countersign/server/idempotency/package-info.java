@NullMarked
package io.countersign.server.idempotency;

import org.jspecify.annotations.NullMarked;
