/// Tests of the console's side of the server, without a stage.
@NullMarked
package io.countersign.console.client;

import org.jspecify.annotations.NullMarked;
