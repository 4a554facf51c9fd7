@NullMarked
package io.countersign.server.api;

import org.jspecify.annotations.NullMarked;
