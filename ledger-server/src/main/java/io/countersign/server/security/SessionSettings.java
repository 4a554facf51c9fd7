package io.countersign.server.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param idle how long a session lasts without a request
/// @param longest how long it lasts at most
@ConfigurationProperties("countersign.sessions")
record SessionSettings(@DefaultValue("1h") Duration idle, @DefaultValue("12h") Duration longest) {}
