package io.countersign.server.payments.provider;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param opensAfter unanswered sends in a row
/// @param pause between the trials of an open circuit
@ConfigurationProperties("countersign.payments.circuit")
record CircuitProperties(@DefaultValue("20") int opensAfter, @DefaultValue("5s") Duration pause) {

  CircuitProperties {
    if (opensAfter < 1 || pause.isNegative() || pause.isZero()) {
      throw new IllegalArgumentException(
          "countersign.payments.circuit wants opens-after of 1 or more and a pause above zero");
    }
  }
}
