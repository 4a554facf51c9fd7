@NullMarked
package io.countersign.server.security;

import org.jspecify.annotations.NullMarked;
