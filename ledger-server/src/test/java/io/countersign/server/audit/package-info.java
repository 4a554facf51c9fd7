@NullMarked
package io.countersign.server.audit;

import org.jspecify.annotations.NullMarked;
