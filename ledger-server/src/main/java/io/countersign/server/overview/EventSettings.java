package io.countersign.server.overview;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param streamsMax how many may follow events on one server at once
/// @param streamsPerCallerMax how many of them may be one caller's
/// @param heartbeat how long a stream is silent at most
/// @param longest after which a stream ends and its reader comes back, with its rights judged anew
@ConfigurationProperties("countersign.events")
record EventSettings(
    @DefaultValue("500") int streamsMax,
    @DefaultValue("8") int streamsPerCallerMax,
    @DefaultValue("15s") Duration heartbeat,
    @DefaultValue("10m") Duration longest) {}
