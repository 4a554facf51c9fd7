@NullMarked
package io.countersign.planted.server.journal;

import org.jspecify.annotations.NullMarked;
