/// Identifiers, one type per kind of thing: a UUIDv7 behind a prefix that names the kind.
@NullMarked
package io.countersign.model.id;

import org.jspecify.annotations.NullMarked;
