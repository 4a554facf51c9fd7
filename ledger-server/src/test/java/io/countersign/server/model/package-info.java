/// The books against a model of them: random histories run on the server, and a single-threaded
/// reference says whether what came out is right.
@NullMarked
package io.countersign.server.model;

import org.jspecify.annotations.NullMarked;
