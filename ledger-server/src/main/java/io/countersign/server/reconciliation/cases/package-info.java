/// Exceptions: what reconciliation could not explain, as work for people. Knows who may do what in
/// which state, and keeps the history; what a line or a match is, it asks [CaseItems].
@NullMarked
package io.countersign.server.reconciliation.cases;

import org.jspecify.annotations.NullMarked;
