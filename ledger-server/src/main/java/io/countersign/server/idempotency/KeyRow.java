package io.countersign.server.idempotency;

import io.countersign.server.api.Fingerprint;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the database knows of a key.
///
/// @param subject what the first request made, when its answer comes later than its commit
/// @param answer null while that answer is still to come
record KeyRow(Fingerprint fingerprint, @Nullable UUID subject, @Nullable StoredAnswer answer) {}
