@NullMarked
package io.countersign.server.overview;

import org.jspecify.annotations.NullMarked;
