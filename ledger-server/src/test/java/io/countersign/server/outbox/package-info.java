@NullMarked
package io.countersign.server.outbox;

import org.jspecify.annotations.NullMarked;
