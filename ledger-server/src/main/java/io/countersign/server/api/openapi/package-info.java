/// The description that the server gives of itself. Uses nothing but its parent.
@NullMarked
package io.countersign.server.api.openapi;

import org.jspecify.annotations.NullMarked;
