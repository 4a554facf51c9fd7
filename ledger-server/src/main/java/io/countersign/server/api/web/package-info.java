/// The conventions of HTTP, said once: JSON read strictly, bodies kept and bounded, keys, paging,
/// and every failure answered as a problem. Private to `api`.
@NullMarked
package io.countersign.server.api.web;

import org.jspecify.annotations.NullMarked;
