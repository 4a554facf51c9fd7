@NullMarked
package io.countersign.planted.server.sandbox;

import org.jspecify.annotations.NullMarked;
