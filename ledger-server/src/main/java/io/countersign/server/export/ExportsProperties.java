package io.countersign.server.export;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `countersign.exports.*`.
///
/// @param folder where the files are kept; absent = `exports` in the home
/// @param keepFiles how long after it was written a file is kept
@ConfigurationProperties("countersign.exports")
record ExportsProperties(@Nullable Path folder, @DefaultValue("P30D") Duration keepFiles) {}
