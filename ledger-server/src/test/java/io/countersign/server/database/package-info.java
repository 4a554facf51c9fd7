@NullMarked
package io.countersign.server.database;

import org.jspecify.annotations.NullMarked;
