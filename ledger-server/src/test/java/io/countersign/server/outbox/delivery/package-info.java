@NullMarked
package io.countersign.server.outbox.delivery;

import org.jspecify.annotations.NullMarked;
