package io.countersign.server.payments.provider;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How Stripe is asked. With a secret key there is a provider `stripe`, else there is none.
///
/// @param secretKey `sk_…` or a restricted key; shown nowhere
/// @param apiBase where its API answers
/// @param webhookSecrets `whsec_…` of the endpoint; two while one replaces the other. Without one
///   every webhook is 401 `bad-signature`, and only checks learn what Stripe does later
/// @param callDeadline of each of the two calls of a charge and of the one of a refund, with all
///   its sends; at most 4 s, so that the caller is answered within 10 s
/// @param lookupDeadline of a lookup or a cancellation; at most 4 s
/// @param visibilityDelay how long after a send its search may still miss a charge
/// @param keyLifetime how long after the first send a key may be sent again; at most the 24 h for
///   which Stripe keeps keys
@ConfigurationProperties("countersign.stripe")
record StripeProperties(
    @Nullable String secretKey,
    @DefaultValue("https://api.stripe.com") URI apiBase,
    @DefaultValue List<String> webhookSecrets,
    @DefaultValue("4s") Duration callDeadline,
    @DefaultValue("3s") Duration lookupDeadline,
    @DefaultValue("1m") Duration visibilityDelay,
    @DefaultValue("23h") Duration keyLifetime) {

  private static final Duration DEADLINE_MAX = Duration.ofSeconds(4);
  private static final Duration KEPT_BY_STRIPE = Duration.ofHours(24);

  StripeProperties {
    webhookSecrets = List.copyOf(webhookSecrets);
    requireAtMost("call-deadline", callDeadline, DEADLINE_MAX);
    requireAtMost("lookup-deadline", lookupDeadline, DEADLINE_MAX);
    requireAtMost("key-lifetime", keyLifetime, KEPT_BY_STRIPE);
    if (visibilityDelay.isNegative()) {
      throw new IllegalArgumentException("countersign.stripe.visibility-delay is below zero");
    }
    if (secretKey != null && !secretKey.matches("[!-~]*")) {
      throw new IllegalArgumentException(
          "countersign.stripe.secret-key has a blank or another character that no key has");
    }
    if (webhookSecrets.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("countersign.stripe.webhook-secrets has a blank one");
    }
  }

  private static void requireAtMost(String name, Duration given, Duration most) {
    if (given.isNegative() || given.isZero() || given.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "countersign.stripe." + name + " must be above zero and at most " + most);
    }
  }

  /// Without the secrets: this ends up in logs.
  @Override
  public String toString() {
    return "StripeProperties[apiBase=" + apiBase + "]";
  }
}
