package io.countersign.server.payments.provider;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the sandbox acquirer is asked.
///
/// @param url where one runs; absent in demo mode, it is the server's own
/// @param callDeadline of a charge or refund with all its sends; below 8 s, so that the caller is
///   answered within 10 s. The default is shorter than the 5 s after which a late webhook comes.
/// @param lookupDeadline of a lookup or a cancellation
/// @param visibilityDelay how long after a send a lookup may still miss it
/// @param keyLifetime how long after the first send a key may be sent again
/// @param webhookSecrets `whsec_` and base64 each; two while one replaces the other
@ConfigurationProperties("countersign.sandbox")
record SandboxProperties(
    @Nullable URI url,
    @DefaultValue("4500ms") Duration callDeadline,
    @DefaultValue("3s") Duration lookupDeadline,
    @DefaultValue("5s") Duration visibilityDelay,
    @DefaultValue("24h") Duration keyLifetime,
    @DefaultValue List<String> webhookSecrets) {

  private static final Duration DEADLINE_MAX = Duration.ofSeconds(8);

  SandboxProperties {
    webhookSecrets = List.copyOf(webhookSecrets);
    requireBelowMax("call-deadline", callDeadline);
    requireBelowMax("lookup-deadline", lookupDeadline);
  }

  private static void requireBelowMax(String name, Duration deadline) {
    if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(DEADLINE_MAX) >= 0) {
      throw new IllegalArgumentException(
          "countersign.sandbox." + name + " must be above zero and below 8 s");
    }
  }
}
