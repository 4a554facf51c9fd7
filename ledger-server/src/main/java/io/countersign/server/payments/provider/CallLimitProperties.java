package io.countersign.server.payments.provider;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How many calls of one provider this server may have under way at once.
///
/// @param requests of callers who wait for their answer
/// @param background of checks and of what is taken up again; a share of the scheduler's threads,
///   so that one provider that is slow leaves the rest of them to others
@ConfigurationProperties("countersign.payments.calls-at-once")
record CallLimitProperties(@DefaultValue("3000") int requests, @DefaultValue("64") int background) {

  CallLimitProperties {
    if (requests < 1 || background < 1) {
      throw new IllegalArgumentException(
          "countersign.payments.calls-at-once wants 1 or more of requests and of background");
    }
  }
}
