/// Seals and their verification (`docs/api.md`, section 9).
@NullMarked
package io.countersign.model.seals;

import org.jspecify.annotations.NullMarked;
