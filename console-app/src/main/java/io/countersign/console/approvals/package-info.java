/// Approvals: what waits for a second person, exactly, and its decision. Uses ui and client.
@NullMarked
package io.countersign.console.approvals;

import org.jspecify.annotations.NullMarked;
