package io.countersign.server.payments.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The providers that this server is configured for, by name. Always there, maybe empty.
public final class ProviderGateways {

  private final Map<String, ProviderGateway> byName;

  public ProviderGateways(List<? extends ProviderGateway> gateways) {
    this.byName =
        gateways.stream().collect(Collectors.toMap(ProviderGateway::name, Function.identity()));
  }

  /// @return empty when there is no such provider here: 422 `provider-not-configured`
  public Optional<ProviderGateway> named(@Nullable String provider) {
    return Optional.ofNullable(provider).map(byName::get);
  }
}
