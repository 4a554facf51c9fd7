@NullMarked
package io.countersign.server.payments;

import org.jspecify.annotations.NullMarked;
