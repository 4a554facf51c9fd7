/// Sagas: work in steps, which of it is stuck, and taking it up anew. Uses ui and client.
@NullMarked
package io.countersign.console.sagas;

import org.jspecify.annotations.NullMarked;
