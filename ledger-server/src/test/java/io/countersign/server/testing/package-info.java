/// What tests stand on: a real PostgreSQL, and the running server. Uses the database package only.
@NullMarked
package io.countersign.server.testing;

import org.jspecify.annotations.NullMarked;
