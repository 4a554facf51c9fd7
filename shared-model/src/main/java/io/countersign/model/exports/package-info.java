/// Exports with their manifests (`docs/api.md`, section 9).
@NullMarked
package io.countersign.model.exports;

import org.jspecify.annotations.NullMarked;
