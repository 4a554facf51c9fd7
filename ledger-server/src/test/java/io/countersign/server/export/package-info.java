@NullMarked
package io.countersign.server.export;

import org.jspecify.annotations.NullMarked;
