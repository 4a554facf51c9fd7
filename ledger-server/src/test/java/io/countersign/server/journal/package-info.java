@NullMarked
package io.countersign.server.journal;

import org.jspecify.annotations.NullMarked;
