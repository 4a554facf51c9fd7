package io.countersign.server.seals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `countersign.seals.*`.
///
/// @param every how long to wait after a round of sealing before the next
/// @param key the file of the signing key; absent = `seal.key` in the home
/// @param trustedKeys public keys, in hexadecimal, whose seals count beside those of the own key
@ConfigurationProperties("countersign.seals")
record SealsProperties(
    @DefaultValue("PT5S") Duration every,
    @Nullable Path key,
    @DefaultValue List<String> trustedKeys) {

  SealsProperties {
    trustedKeys = List.copyOf(trustedKeys);
  }
}
