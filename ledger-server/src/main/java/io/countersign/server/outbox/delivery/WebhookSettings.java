package io.countersign.server.outbox.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param allowPrivateNetworks whether endpoints may lie in the server's own network, and may be
///   plain `http`; by default only in demonstration mode, which is loopback itself
/// @param retries the pauses before the second and every further attempt; the last one repeats
/// @param giveUpAfter how long after an event was queued its delivery is tried
/// @param callTimeout from the look-up of the name to the last header of the answer
/// @param atOnce calls that are open to one endpoint, per server
/// @param keep how long deliveries and events are kept after they ended
/// @param secretOverlap how long the secret before signs, too, after a rotation
/// @param endpointsMax endpoints per ledger: each is paid for in every commit that tells something
/// @param secretsKey the file of the key that secrets are stored under; by default in the home
@ConfigurationProperties("countersign.webhooks")
record WebhookSettings(
    @Nullable Boolean allowPrivateNetworks,
    @DefaultValue({"5s", "30s", "2m", "10m", "30m", "1h", "2h", "4h"}) List<Duration> retries,
    @DefaultValue("72h") Duration giveUpAfter,
    @DefaultValue("10s") Duration callTimeout,
    @DefaultValue("8") int atOnce,
    @DefaultValue("30d") Duration keep,
    @DefaultValue("24h") Duration secretOverlap,
    @DefaultValue("50") int endpointsMax,
    @Nullable Path secretsKey) {}
