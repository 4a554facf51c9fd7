/// Four eyes, once for every kind of proposal: features say what their proposals are and do
/// ([ProposalKind]); this package keeps them, guards the decision and runs its effect in one
/// commit. Only this package writes schema `approvals`.
@ApplicationModule(
    allowedDependencies = {"api", "audit", "outbox", "accounts", "database", "security"})
@NullMarked
package io.countersign.server.approvals;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
