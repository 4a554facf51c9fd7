/// Seals: what shows later whether anybody changed what was recorded. Hashes what each ledger
/// recorded up to a watermark, chains and signs it, off the hot path, and verifies all of it from
/// what is stored. The journal's transactions are read through [io.countersign.server.journal], all
/// else through the port [io.countersign.server.api.SealedRecords]. Only this package writes schema
/// `seals`.
@ApplicationModule(
    allowedDependencies = {"api", "audit", "accounts", "idempotency", "journal", "database"})
@NullMarked
package io.countersign.server.seals;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
