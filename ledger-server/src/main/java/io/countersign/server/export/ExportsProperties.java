package io.countersign.server.export;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `countersign.exports.*`.
///
/// @param folder where the files are kept; absent = `exports` in the home
@ConfigurationProperties("countersign.exports")
record ExportsProperties(@Nullable Path folder) {}
