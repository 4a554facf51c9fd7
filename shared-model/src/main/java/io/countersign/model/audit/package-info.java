/// Who did what (`docs/api.md`, section 9).
@NullMarked
package io.countersign.model.audit;

import org.jspecify.annotations.NullMarked;
