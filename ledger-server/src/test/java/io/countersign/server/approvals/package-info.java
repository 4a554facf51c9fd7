@NullMarked
package io.countersign.server.approvals;

import org.jspecify.annotations.NullMarked;
