/// Violations on purpose: what the guards must find. The packages mirror the product's.
@NullMarked
package io.countersign.planted;

import org.jspecify.annotations.NullMarked;
