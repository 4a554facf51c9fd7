/// Who signs in, and what they may do (`docs/api.md`, section 3).
@NullMarked
package io.countersign.model.identity;

import org.jspecify.annotations.NullMarked;
