@NullMarked
package io.countersign.server.transfers;

import org.jspecify.annotations.NullMarked;
