/// Tests of the approvals screen.
@NullMarked
package io.countersign.console.approvals;

import org.jspecify.annotations.NullMarked;
