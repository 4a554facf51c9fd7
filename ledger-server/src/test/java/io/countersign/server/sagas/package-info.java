@NullMarked
package io.countersign.server.sagas;

import org.jspecify.annotations.NullMarked;
