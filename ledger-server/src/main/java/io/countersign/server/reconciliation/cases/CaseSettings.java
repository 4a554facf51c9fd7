package io.countersign.server.reconciliation.cases;

import io.countersign.model.Money;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Configuration;

/// What one person may settle alone.
///
/// @param dismissAlone up to how many minor units one person dismisses an exception, in a currency
///   without a limit of its own
/// @param dismissAloneIn by currency code, the same in minor units of it
@ConfigurationProperties("countersign.exceptions")
record CaseSettings(
    @DefaultValue("100000") long dismissAlone, @DefaultValue Map<String, Long> dismissAloneIn) {

  CaseSettings {
    dismissAloneIn = Map.copyOf(dismissAloneIn);
  }

  /// @param amount without a sign
  boolean oneMayDismiss(Money amount) {
    return amount.minorUnits()
        <= dismissAloneIn.getOrDefault(amount.currency().toString(), dismissAlone);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(CaseSettings.class)
  static class Enabled {}
}
