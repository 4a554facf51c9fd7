@NullMarked
package io.countersign.server.seals;

import org.jspecify.annotations.NullMarked;
