package io.countersign.server.payments;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param checks the pauses before a silent provider is asked again; the last one repeats
/// @param deadline after which a payment that is still unknown is also an exception
/// @param overdueChecks the least pause before a silent provider is asked again from then on
@ConfigurationProperties("countersign.payments")
record PaymentsProperties(
    @DefaultValue({"2s", "5s", "15s", "1m", "5m", "15m", "1h"}) List<Duration> checks,
    @DefaultValue("24h") Duration deadline,
    @DefaultValue("6h") Duration overdueChecks) {}
