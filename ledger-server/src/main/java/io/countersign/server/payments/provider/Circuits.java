package io.countersign.server.payments.provider;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/// One circuit per provider, so that a dead one hurts nobody else's payments.
@Component
public class Circuits {

  private final CircuitProperties properties;
  private final Clock clock;
  private final ConcurrentMap<String, Circuit> byProvider = new ConcurrentHashMap<>();

  Circuits(CircuitProperties properties, Clock clock) {
    this.properties = properties;
    this.clock = clock;
  }

  /// Whether a charge may be sent now; to be asked once per charge, since a yes may be the one
  /// trial of a pause.
  public boolean allows(String provider) {
    return of(provider).allows();
  }

  /// When to ask again after a no.
  public Instant nextTrialAt(String provider) {
    return of(provider).nextTrialAt();
  }

  /// @return `reply`, to what was sent
  public <R extends ProviderReply> R sent(String provider, R reply) {
    of(provider).sent(!(reply instanceof ProviderReply.NoAnswer));
    return reply;
  }

  private Circuit of(String provider) {
    return byProvider.computeIfAbsent(
        provider, it -> new Circuit(clock, properties.opensAfter(), properties.pause()));
  }
}
