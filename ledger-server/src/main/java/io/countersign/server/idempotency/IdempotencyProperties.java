package io.countersign.server.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param window how long a key answers for its first request; 24–72 h are usual
/// @param inUseWait how long a request waits for the first one with its key before it is told to
///   come back
/// @param atOnce how many requests with keys may use a connection at once, beside the groups of the
///   journal; below the size of the pool, so that readers always find one
@ConfigurationProperties("countersign.idempotency")
record IdempotencyProperties(
    @DefaultValue("72h") Duration window,
    @DefaultValue("2s") Duration inUseWait,
    @DefaultValue("12") int atOnce) {}
